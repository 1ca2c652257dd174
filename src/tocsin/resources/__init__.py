"""The only code that opens data/: loads it, checks it, says what is wrong with it."""
