"""One federation of ours: a coordinator, clinics without training, an admin; measured from outside by /proc."""
import json
import os
import re
import resource
import signal
import socket
import subprocess
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")


class Federation:
    def __init__(self, binaries, folder, clinics, parameters, rounds, tensors=1, masks=False, processes=None, kill=False,
                 limit=600):
        self.binaries, self.folder = binaries, folder
        self.clinics, self.parameters, self.rounds, self.tensors = clinics, parameters, rounds, tensors
        self.masks, self.kill, self.limit = masks, kill, limit
        # By default each clinic has a process for itself.
        self.processes = processes or clinics
        self.port = free_port()
        self.children = []
        # Two hundred clinics in one process have thousands of databases and connections open.
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    def measure(self):
        self._bench("prepare", self.folder, "--clinics", self.clinics, "--parameters", self.parameters, "--tensors",
                    self.tensors, "--rounds", self.rounds, "--port", self.port, *(["--masks"] if self.masks else []))
        try:
            return self._measure()
        finally:
            for child in self.children:
                if child.poll() is None:
                    child.kill()
                child.wait()

    def _bench(self, *arguments):
        command = [f"{self.binaries}/consilium-bench", *map(str, arguments), "--json", "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
        return json.loads(done.stdout)

    def _start(self, name, *command):
        log = open(f"{self.folder}/{name}.log", "wb")
        child = subprocess.Popen([*map(str, command)], stdout=log, stderr=log, start_new_session=True)
        self.children.append(child)
        return child

    def _measure(self):
        coordinator = self._start("coordinator", f"{self.binaries}/consilium-coordinator", "serve", "--config",
                                  f"{self.folder}/coordinator/coordinator.yaml")
        wait_for(lambda: os.path.exists(f"{self.folder}/coordinator/port"), 60, "the coordinator did not start")
        each = self.clinics // self.processes
        clinics = []
        for index in range(self.processes):
            count = each if index < self.processes - 1 else self.clinics - each * (self.processes - 1)
            clinics.append(self._start(f"clinics-{index}", f"{self.binaries}/consilium-bench", "clinics", self.folder,
                                       "--first", 1 + index * each, "--count", count))
        time.sleep(1.5)
        if self.kill:
            return self._death(coordinator, clinics)
        meter = Meter({"coordinator": [coordinator.pid], "clinics": [child.pid for child in clinics]})
        load = os.getloadavg()[0]
        begun = loopback_bytes()
        done = self._bench("propose", self.folder, "--port", self.port, "--limit", self.limit)
        for child in clinics:
            child.wait(120)
        meter.stop()
        ok = all(child.returncode == 0 for child in clinics) and done["missing"] == 0
        return self._result(ok, done, self._events(), meter, load, loopback_bytes() - begun)

    def _events(self):
        events = []
        for index in range(self.processes):
            for line in open(f"{self.folder}/clinics-{index}.log", errors="replace"):
                if line.startswith("{") and '"kind"' in line:
                    events.append(json.loads(line))
        return events

    def _result(self, ok, done, events, meter, load, bytes_on_wire):
        first = {}
        for event in events:
            if event["kind"] == "task":
                first[event["round"]] = min(first.get(event["round"], float("inf")), event["time"])
        finished = [event["time"] for event in events if event["kind"] == "finished"]
        if not finished or len(first) < self.rounds:
            raise SystemExit(f"The clinics did not get through; see the logs in {self.folder} (with --keep).")
        marks = [first[number] for number in sorted(first)] + [min(finished)]
        sent = [event["time"] for event in events if event["kind"] == "sent" and event["round"] == self.rounds]
        cpu = meter.between(marks[0], marks[-1])
        # Every clinic fetches each round's adapter once and sends as many numbers; before the first round the admin uploads the
        # adapter. All bytes on the wire, with messages, TLS, TCP and acknowledgements, against those.
        adapter = os.path.getsize(f"{self.folder}/initial.safetensors")
        payload = adapter * (1 + self.rounds * self.clinics) + 4 * self.parameters * self.rounds * self.clinics
        return {
            "ok": ok, "kind": "consilium" + (" masked" if self.masks else ""), "n": self.clinics, "params": self.parameters,
            "tensors": self.tensors, "rounds": self.rounds, "load": [load, os.getloadavg()[0]],
            "round_walls": [after - before for before, after in zip(marks, marks[1:])],
            "round_cpu": sum(cpu.values()) / self.rounds,
            "round_cpu_server": cpu["coordinator"] / self.rounds,
            "round_cpu_client_each": cpu["clinics"] / self.rounds / self.clinics,
            "coordinator_peak_mib": meter.peak["coordinator"], "clinics_peak_mib": meter.peak["clinics"],
            "clinic_peak_mib_each": meter.peak["clinics"] / self.processes,
            "wire_ratio": bytes_on_wire / payload,
            "submit_to_first_task": marks[0] - done["uploaded"],
            # With masks the last update's arrival is one step of several.
            "last_update_to_finished": marks[-1] - max(sent) if not self.masks else None,
        }

    def _death(self, coordinator, clinics):
        """Kills a clinic that waits for its next task; how long until the coordinator says so in its log."""
        log = f"{self.folder}/coordinator.log"
        killed = time.time()
        os.kill(clinics[0].pid, signal.SIGKILL)
        seen = None
        while time.time() < killed + 10 and seen is None:
            if re.search("clinic lost", open(log, errors="replace").read()):
                seen = time.time() - killed
            time.sleep(0.02)
        return {"kind": "consilium death", "death_seen": seen}


class Meter:
    """Processor time and peak memory of groups of processes, by sampling /proc."""

    def __init__(self, groups, period=0.05):
        self.groups, self.period = groups, period
        self.series = []
        self.peak = {name: 0.0 for name in groups}
        self.each = {}
        self.stopped = threading.Event()
        self.sample()
        self.thread = threading.Thread(target=self._loop, daemon=True)
        self.thread.start()

    def _loop(self):
        while not self.stopped.wait(self.period):
            self.sample()

    def sample(self):
        times = {}
        for name, processes in self.groups.items():
            times[name] = 0.0
            for process in processes:
                try:
                    fields = open(f"/proc/{process}/stat").read().rpartition(")")[2].split()
                    for line in open(f"/proc/{process}/status"):
                        if line.startswith("VmHWM"):
                            self.each[process] = (int(line.split()[1]) / 1024, 0)
                    seconds = (int(fields[11]) + int(fields[12])) / TICKS
                    self.each[(process, "cpu")] = seconds
                except OSError:
                    seconds = self.each.get((process, "cpu"), 0.0)
                times[name] += self.each.get((process, "cpu"), seconds)
            self.peak[name] = max(self.peak[name], sum(self.each.get(process, (0, 0))[0] for process in processes))
        self.series.append((time.time(), times))

    def stop(self):
        self.stopped.set()
        self.thread.join()

    def between(self, start, end):
        def at(moment):
            best = self.series[0]
            for sample in self.series:
                if sample[0] > moment:
                    break
                best = sample
            return best[1]
        before, after = at(start), at(end)
        return {name: after[name] - before[name] for name in after}


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def loopback_bytes():
    """All bytes that were sent on the loopback interface of this network namespace."""
    for line in open("/proc/net/dev"):
        name, _, counters = line.partition(":")
        if name.strip() == "lo":
            return int(counters.split()[8])
    return 0


def wait_for(condition, seconds, failure):
    end = time.time() + seconds
    while not condition():
        if time.time() > end:
            raise SystemExit(failure)
        time.sleep(0.05)
