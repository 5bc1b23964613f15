"""`python -m kontor.app`: the same program as `kontor`, for children of the supervisor."""

from kontor.app.command_line import main

main()
