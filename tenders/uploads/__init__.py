"""What we take in when somebody sends a file, whoever it is: kinds, names, checks, and why not."""
