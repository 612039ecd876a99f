"""Tables and sentences about what is recorded."""
