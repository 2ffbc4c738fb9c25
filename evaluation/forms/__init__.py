"""Forms of the panel's desk. They check text and never save."""
