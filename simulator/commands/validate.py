"""`wayline validate`: what is wrong with a journey, and how to mend it."""

from __future__ import annotations

import argparse

from simulator.commands.opening import add_file, open_document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file and how to print."""
    add_file(parser)
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument("--scenario", metavar="ID", help="check the journey in this scenario")


def run(options: argparse.Namespace) -> int:
    """Print findings; exit code 1 if one of them is an error."""
    import json  # noqa: PLC0415

    from engine.scenarios import with_scenario  # noqa: PLC0415
    from engine.validation import has_errors, validate  # noqa: PLC0415

    document = open_document(options.file)
    if options.scenario:
        document = with_scenario(document, options.scenario)
    findings = validate(document)
    if options.json:
        print(json.dumps([one.to_plain() for one in findings], indent=1, ensure_ascii=False))  # noqa: T201
    else:
        for finding in findings:
            print(finding.text())  # noqa: T201
        print(_summary([one.severity.value for one in findings]))  # noqa: T201
    return 1 if has_errors(findings) else 0


def _summary(severities: list[str]) -> str:
    counts = [
        f"{count} {word}{'s' if count > 1 else ''}"
        for word in ("error", "warning", "hint")
        if (count := severities.count(word))
    ]
    return ", ".join(counts) if counts else "Nothing to mend."
