"""The demo world: everything that would have happened by now, done by the real commands in the order of time."""
