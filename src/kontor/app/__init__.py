"""The composition root: settings, processes, command line, wiring of followers."""
