"""What each command does; parsing and showing are the business of `policytext.app`."""
