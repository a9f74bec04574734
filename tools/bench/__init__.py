"""`make bench`: speed and weight, each beside a yardstick of the same run."""
