"""Runs what a Markdown file shows of a terminal: what stands after `$ ` is executed, the lines below are expected."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

END_OF_COMMAND = "\x1e"


@dataclass
class Command:
    """One command, and the lines that the document shows below it."""

    text: str
    expected: list[str] = field(default_factory=list)

    @property
    def runs_on(self) -> bool:
        """Whether it goes to the background."""
        return self.text.endswith("&")


def console_commands(text: str) -> list[Command]:
    """The commands of a `console` block: a line that begins with `$ `, those with `> ` below it, and what it shows."""
    commands: list[Command] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            commands.append(Command(line[2:]))
        elif line.startswith(">") and commands and not commands[-1].expected:
            commands[-1].text += "\n" + line[2:]
        elif line.strip() and commands:
            commands[-1].expected.append(line)
    return commands


def matches(expected: str, output: str) -> bool:
    """Whether a line of the output is the expected one; a run of blanks counts as one, `…` stands for anything."""
    pattern = ".*".join(re.escape(_squeeze(part)) for part in expected.split("…"))
    return any(re.fullmatch(pattern, _squeeze(line)) for line in output.splitlines())


def _squeeze(line: str) -> str:
    return re.sub(r"([─━═])\1+", r"\1", re.sub(r"\s+", " ", line)).strip()


class Shell:
    """Runs commands in one folder; what they start in the background lives until `close`."""

    def __init__(self, folder: Path, environment: Mapping[str, str], replaced: Mapping[str, str], port: int) -> None:
        self.folder, self.environment, self.replaced, self.port = folder, environment, replaced, port
        self._background: list[subprocess.Popen[bytes]] = []

    def run(self, commands: list[Command]) -> list[str]:
        """Runs commands in one bash.

        Returns:
            What went wrong, in words; empty where every command ended well and showed the expected lines.
        """
        script = "".join(
            f"{self._replace(command.text)}\nprintf '{END_OF_COMMAND}%d{END_OF_COMMAND}' $?\n" for command in commands
        )
        log = self.folder / "output.txt"
        with log.open("wb") as output:
            bash = subprocess.Popen(
                ["bash", "-c", script],
                cwd=self.folder,
                env=dict(os.environ) | dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self._background.append(bash)
            bash.wait(timeout=300)
        *parts, rest = log.read_text(encoding="utf-8", errors="replace").split(END_OF_COMMAND)
        results = list(zip(parts[::2], parts[1::2], strict=True))
        problems = [f"bash ended early: {rest}"] if len(results) < len(commands) else []
        for command, (shown, status) in zip(commands, results, strict=False):
            problems += self._problems(command, shown, status)
            if command.runs_on and not self._listens():
                problems.append(f"$ {command.text}\nnothing listens on port {self.port}; it said:\n{log.read_text()}")
        return problems

    def _replace(self, text: str) -> str:
        for old, new in self.replaced.items():
            text = text.replace(old, new)
        return text

    def _problems(self, command: Command, shown: str, status: str) -> list[str]:
        missing = [line for line in command.expected if not matches(self._replace(line), shown)]
        said = f"$ {command.text}\n{shown}"
        problems = [f"exit status {status}:\n{said}"] if status != "0" else []
        return problems + ([f"not shown: {missing}\n{said}"] if missing else [])

    def _listens(self) -> bool:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return True
            time.sleep(0.2)
        return False

    def close(self) -> None:
        """Stops what still runs in the background."""
        for bash in self._background:
            try:
                os.killpg(bash.pid, signal.SIGTERM)
            except ProcessLookupError:
                continue
            self._await_end(bash.pid)

    @staticmethod
    def _await_end(group: int) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)
        os.killpg(group, signal.SIGKILL)
