"""Files: where files are kept, quarantine, and the readers of untrusted files, each run in
a process of its own with limits. What the bytes mean belongs to formats."""
