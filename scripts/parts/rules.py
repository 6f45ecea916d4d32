"""What the checks written in Python have in common: they run rules and say which fail."""


def report(results):
    """Prints each rule's name and the problems found, then the count; returns the exit code.

    `results` are pairs of a name and an iterable of problems, none for a rule that is kept.
    """
    passed = failed = 0
    for name, problems in results:
        problems = list(problems)
        failed += bool(problems)
        passed += not problems
        print(("FAILED  " if problems else "ok      ") + name)
        for problem in problems:
            print("        " + problem)
    print(f"checks: {passed} passed, {failed} failed")
    return 1 if failed else 0
