"""Reading a page that tells of meetings: text or HTML in, what it says of whom, when and where out, each value with
its line. Nothing is kept here and nothing is invented: a person confirms (package `ingest`)."""
