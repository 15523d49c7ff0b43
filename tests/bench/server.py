"""The server under test: started as `milieu serve` starts it, in processes of its own, stopped by its id."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.bench import load
from tools.postgres import free_port

SERVE = "import sys; from milieu import serving; serving.run(int(sys.argv[1]))"


class Server:
    """A running server on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        env = {**os.environ, "MILIEU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        env["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent.parent)
        self.began = time.perf_counter()
        self._process = subprocess.Popen([sys.executable, "-c", SERVE, str(self.port)], env=env, start_new_session=True)

    def first_answer(self, path: str, cookie: str) -> float:
        """Seconds from the start of the process to the first answered page."""
        while time.perf_counter() - self.began < 60:
            try:
                connection = load.Connection(self.port, cookie)
                status, _ = connection.get(path)
                connection.close()
            except OSError:
                time.sleep(0.005)
                continue
            if status != 200:
                raise AssertionError(f"{path} answered {status}")
            return time.perf_counter() - self.began
        raise TimeoutError("the server did not answer within a minute")

    def processes(self) -> list[int]:
        """The server's process and all that came from it."""
        found, looked = [], [self._process.pid]
        while looked:
            pid = looked.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                looked.extend(int(child) for child in task.read_text().split())
        return found

    def memory_mb(self) -> float:
        """Proportional set size of all its processes: what the machine would have back if they were gone."""
        kilobytes = 0
        for pid in self.processes():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
        return kilobytes / 1024

    def cpu_ms(self) -> float:
        """Processor time all its processes have used so far; it moves less than the clock when others use the machine."""
        ticks = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")

    def gets(self, cookie: str, path: str, *, clients: int, count: int) -> load.Measured:
        """`load.gets` on this server, with what each answer cost it."""
        return self.counted(count, lambda: load.gets(self.port, cookie, path, clients=clients, count=count))

    def counted(self, count: int, run: Callable[[], load.Measured]) -> load.Measured:
        """What `run` measured, with what each of its `count` answers cost this server."""
        before = self.cpu_ms()
        found = run()
        return replace(found, cpu_ms=(self.cpu_ms() - before) / count)

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
