"""Everything up: services, migrations, web server, worker and scheduler, until told to stop."""

from __future__ import annotations

import json
import socket
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from codegen_site.embedded.places import Places
from codegen_site.embedded.services import start_services
from codegen_site.embedded.state import end_leftovers, write_state
from codegen_site.embedded.supervisor import (
    StartFailed,
    Supervisor,
    manage,
    say,
    site_programs,
)

START_SECONDS = 60.0
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - only when asked for


def check_port(host: str, port: int) -> None:
    """Raise `StartFailed` when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise StartFailed(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port."
        ) from error


def address_of(host: str, port: int) -> str:
    """Return where a browser on this machine finds the site."""
    shown = EVERY_ADDRESS.get(host) or (f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def allowed_hosts(host: str) -> str:
    """Return the names the site answers to where no setting says so."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    names.append(socket.gethostname() if host in EVERY_ADDRESS else host)
    return ",".join(
        f"[{name}]" if name.count(":") > 1 and name[0] != "[" else name for name in names
    )


class Site:
    """The running whole."""

    def __init__(self, places: Places, host: str, port: int) -> None:
        self.places, self.host, self.port = places, host, port
        self.address = address_of(host, port)
        self.services = start_services(places)
        self.environment = self.services.environment
        for name, value in (("SITE_URL", self.address), ("ALLOWED_HOSTS", allowed_hosts(host))):
            self.environment[name] = self.environment.get(name) or value
        self.supervisor = Supervisor(places, self.services)
        self.ready = False

    def record(self) -> None:
        """Write what runs; the address once it answers."""
        write_state(
            self.places,
            kind="site",
            children=[*self.services.children, *self.supervisor.children],
            environment=self.environment,
            address=self.address if self.ready else None,
        )

    def run(self) -> None:
        """Migrate, start, print the address, and watch until told to stop."""
        self.supervisor.on_signals()
        try:
            self.record()
            self._start()
            self.supervisor.watch(self.record)
        except StartFailed:
            if not self.supervisor.stopping:  # else it failed because it was told to stop
                raise
        finally:
            self.supervisor.stop()
            self.places.state.unlink(missing_ok=True)
        say("Stopped.")

    def _start(self) -> None:
        done = self.places.var / "first-start-done"
        web, *others = site_programs(self.environment, self.host, self.port)
        # The web server loads while the migrations run: nobody knows its address before they are
        # done. Workers must wait, since the queue may hold work.
        self.supervisor.add(web)
        self.record()
        manage(self.environment, "migrate", "--no-input", "--skip-checks", "-v", "0")
        welcome = "{}"
        if not done.exists():
            welcome = manage(self.environment, "first_admin", "--skip-checks")
        for program in others:
            self.supervisor.add(program)
        self.record()
        self._wait_until_it_answers()
        if self.supervisor.stopping:
            return
        self.ready = True
        self.record()
        _print(self.address, json.loads(welcome))
        done.touch()

    def _wait_until_it_answers(self) -> None:
        end = time.monotonic() + START_SECONDS
        while not self.supervisor.stopping:
            try:
                with urlopen(f"{self.address}/healthz", timeout=2):  # noqa: S310 - our own address
                    return
            except HTTPError as error:
                raise StartFailed(
                    f"The site answers {error.code} at {self.address}; is it in ALLOWED_HOSTS?"
                ) from error
            except (URLError, OSError) as error:
                code = self.supervisor.children[0].process.poll()
                gave_up = code is not None and code >= 0  # else somebody killed it
                if gave_up or time.monotonic() > end:
                    log = self.places.log / "web.log"
                    raise StartFailed(f"The web server did not start; see {log}.") from error
                self.supervisor.revive(self.record)
                time.sleep(0.05)


def _print(address: str, welcome: dict[str, str]) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    if welcome:
        say(f"Administrator: {welcome['email']}, password in {welcome['password_file']}")
        say(f"Sign in once with: {welcome['link']}")


def run_site(places: Places, host: str, port: int) -> None:
    """Bring everything up and stay until told to stop."""
    check_port(host, port)
    for name in end_leftovers(places):
        say(f"Ended {name}, left over from an earlier run.")
    Site(places, host, port).run()
