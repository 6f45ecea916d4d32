"""The AWS stack on one machine: the real Lambda programs, the emulators of AWS, no account."""
