"""`policytext` and `python -m policytext`."""

from policytext.commands.app import main

if __name__ == "__main__":
    main()
