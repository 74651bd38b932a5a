#!/usr/bin/env python3
"""A clinic behind a bad link: 1 Mbit/s, 200 ms there and back, 5 % of the packets lost in each direction.

Two network namespaces, one for the coordinator with two clinics, one for the third clinic, and between them this program: it
carries every IP packet from one TUN device to the other, late, slowly, and not all of them. (The kernel's netem does the same
where it is built in; this needs /dev/net/tun and root only.) The programs and TCP are the real ones.

The job has one round and an update of two chunks. When the second chunk is on its way the clinic's node is killed (SIGKILL) and
started again: what has arrived must not be sent twice. At the end all clinics hold the same adapter.

    scripts/reliability/slow_link.py --binaries .build/debug [--rate 1e6] [--delay 0.1] [--loss 0.05]
"""
import argparse
import fcntl
import hashlib
import heapq
import json
import os
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

FAR, NEAR = "consilium-far", "consilium-near"
FAR_ADDRESS, NEAR_ADDRESS = "10.77.0.2", "10.77.0.1"
QUEUE = 64  # packets that wait for the line, then more are dropped, as in a router


def call(*words, **options):
    return subprocess.run(words, check=True, text=True, **options)


def tun(name, namespace, address, peer):
    """A TUN device in a namespace; its other end is the descriptor."""
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, 0x400454CA, struct.pack("16sH", name.encode(), 0x0001 | 0x1000))  # TUNSETIFF, TUN without header
    call("ip", "link", "set", name, "netns", namespace)
    for command in (f"addr add {address} peer {peer} dev {name}", f"link set {name} up mtu 1400", "link set lo up"):
        call("ip", "-n", namespace, *command.split())
    return descriptor


class Direction:
    def __init__(self, source, target, rate, delay, loss, seed):
        self.source, self.target, self.rate, self.delay, self.loss = source, target, rate, delay, loss
        self.random = random.Random(seed)
        self.free = 0.0  # when the line has sent what waits for it
        self.flying = []
        self.count = 0
        self.bytes = self.packets = self.lost = 0

    def take(self, now):
        while True:
            try:
                packet = os.read(self.source, 65536)
            except BlockingIOError:
                return
            waiting = max(0.0, self.free - now)
            if self.random.random() < self.loss or waiting > QUEUE * 1400 * 8 / self.rate:
                self.lost += 1
                continue
            self.free = max(self.free, now) + len(packet) * 8 / self.rate
            self.count += 1
            heapq.heappush(self.flying, (self.free + self.delay, self.count, packet))

    def deliver(self, now):
        while self.flying and self.flying[0][0] <= now:
            packet = heapq.heappop(self.flying)[2]
            self.bytes += len(packet)
            self.packets += 1
            try:
                os.write(self.target, packet)
            except OSError:
                pass


def carry(directions, stop):
    while not stop.is_set():
        now = time.monotonic()
        for direction in directions:
            direction.take(now)
            direction.deliver(now)
        due = min((d.flying[0][0] for d in directions if d.flying), default=now + 0.05)
        select.select([d.source for d in directions], [], [], max(0.0, min(0.05, due - time.monotonic())))


class Consortium:
    def __init__(self, binaries, folder):
        self.binaries, self.folder = binaries, folder
        self.environment = dict(os.environ, CONSILIUM_ADMIN_HOME=str(folder / "admin"), SWIFT_BACKTRACE="enable=no")

    def start(self, namespace, program, *words, log=None):
        output = open(log, "a") if log else subprocess.PIPE
        return subprocess.Popen(
            ["ip", "netns", "exec", namespace, str(self.binaries / program), *words], stdout=output,
            stderr=output if log else None, text=True, env=self.environment, cwd=self.folder)

    def run(self, namespace, program, *words):
        result = self.start(namespace, program, *words)
        text = result.communicate()[0]
        if result.returncode:
            sys.exit(f"{program} {' '.join(words)} ended with {result.returncode}:\n{text}")
        return text

    def node(self, clinic, *words, namespace=NEAR):
        return self.run(namespace, "consilium-node", *words, "--home", str(self.folder / clinic))


def wait(what, condition, limit=3600):
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"waited in vain for {what}")
        time.sleep(0.2)


def federation(consortium, base, up, arguments):
    folder = consortium.folder
    clinics = ["near-a", "near-b", "far-c"]
    place = {"near-a": NEAR, "near-b": NEAR, "far-c": FAR}
    run = consortium.run
    run(NEAR, "consilium-coordinator", "init", "coordinator", "--host", NEAR_ADDRESS, "--listen", f"{NEAR_ADDRESS}:8443")
    run(NEAR, "consilium-admin", "init", "admin", "--consortium", "Slow link", "--coordinator-request",
        "coordinator/request.json")
    server = consortium.start(NEAR, "consilium-coordinator", "serve", "--config", "coordinator/coordinator.yaml",
                              log=folder / "coordinator.log")
    wait("the coordinator", lambda: (folder / "coordinator/port").exists())
    url = f"https://{NEAR_ADDRESS}:8443"
    consortium.environment["CONSILIUM_COORDINATOR_URL"] = url
    enrolling = []
    for number, clinic in enumerate(clinics):
        (folder / f"{clinic}.yaml").write_text(
            f"clinic: {{id: {clinic}}}\nprivacy: {{allowJobsWithoutGuarantee: true}}\n"
            f"model:\n  folders:\n    - {base}\ncompute: {{threads: 1}}\n")
        run(NEAR, "consilium-node", "init", clinic, "--site-config", f"{clinic}.yaml")
        token = run(NEAR, "consilium-admin", "token", "create", "--clinic", clinic, "--token-only").strip()
        enrolling.append(consortium.start(
            place[clinic], "consilium-node", "enroll", "--home", clinic, "--coordinator", url, "--ca", "admin/ca.pem",
            "--token", token, "--wait", "120", log=folder / f"{clinic}.log"))
        run(NEAR, "consilium-node", "sample-reports", "--specialty", "cardiology", "--count", "12", "--seed", str(number),
            "--format", "json", "--out", f"reports-{clinic}")
        consortium.node(clinic, "import", f"reports-{clinic}")
    run(NEAR, "consilium-admin", "roster", "sign", "--expect", "3", "--wait", "120", "--yes")
    for process in enrolling:
        process.wait()
    (folder / "job.yaml").write_text(
        "id: slow\ntitle: Slow link\npurpose: An update over a bad link.\n"
        f"baseModel:\n  path: {base}\n"
        f"recipe:\n  rank: {arguments.rank}\n  targets: [all]\n  alpha: 16\n  localSteps: 1\n  batchSequences: 1\n"
        "  sequenceLength: 16\n  optimizer: {learningRate: 1.0e-3}\n"
        "privacy: none\nrounds: 1\nroundDeadlineSeconds: 7200\naggregation: {secureAggregation: \"on\"}\n")
    run(NEAR, "consilium-admin", "job", "propose", "job.yaml")
    for clinic in clinics:
        consortium.node(clinic, "jobs", "list", namespace=place[clinic])
        consortium.node(clinic, "jobs", "approve", "slow", "--officer", "test", namespace=place[clinic])
    nodes = {clinic: consortium.start(place[clinic], "consilium-node", "run", "--once", "--home", clinic,
                                      log=folder / f"{clinic}.log") for clinic in clinics}
    update = folder / "far-c/jobs/slow/update-1.bin"
    wait("the update of the far clinic", update.exists)
    size = update.stat().st_size
    before, began = up.bytes, time.monotonic()
    print(f"an update of {size / 1e6:.1f} MB, {-(-size // (8 << 20))} chunks", flush=True)
    wait("the first chunk to arrive", lambda: up.bytes - before > (8 << 20) * 1.08 + 400_000)
    nodes["far-c"].send_signal(signal.SIGKILL)
    nodes["far-c"].wait()
    # "ip netns exec" becomes the program: that was the node itself.
    print(f"killed the node after {up.bytes - before:,} bytes and {time.monotonic() - began:.0f} s", flush=True)
    nodes["far-c"] = consortium.start(FAR, "consilium-node", "run", "--once", "--home", "far-c", log=folder / "far-c.log")
    chunks = folder / "coordinator/updates"
    for clinic, node in nodes.items():
        if node.wait():
            sys.exit(f"the node of {clinic} ended with {node.returncode}:\n{(folder / f'{clinic}.log').read_text()[-2000:]}")
    seconds, sent = time.monotonic() - began, up.bytes - before
    hashes = {hashlib.sha256((folder / c / "jobs/slow/adapter/adapter_model.safetensors").read_bytes()).hexdigest()
              for c in clinics}
    result = json.loads(__import__("base64").b64decode(json.loads(
        (folder / "near-a/jobs/slow/result-1.json").read_text())["payload"]))
    participants = len(result["participants"])
    print(f"{participants} of 3 clinics in the sum, {len(hashes)} adapter; from the update to the end {seconds:.0f} s; "
          f"{sent:,} bytes up for {size:,} of the update ({sent / size:.2f} times)")
    server.terminate()
    server.wait()
    return participants == 3 and len(hashes) == 1 and sent < 1.6 * size


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", type=Path, required=True)
    parser.add_argument("--rate", type=float, default=1e6, help="bits a second")
    parser.add_argument("--delay", type=float, default=0.1, help="seconds in each direction")
    parser.add_argument("--loss", type=float, default=0.05)
    parser.add_argument("--rank", type=int, default=128, help="of the adapter; 128 gives two chunks")
    arguments = parser.parse_args()
    if os.geteuid() or not os.path.exists("/dev/net/tun"):
        print("skipped: needs root and /dev/net/tun")
        return 0
    base = Path(__file__).resolve().parents[2] / "Assets/demo-base"
    folder = Path(tempfile.mkdtemp(prefix="consilium-slow-"))
    stop = threading.Event()
    namespaces = []
    try:
        for namespace in (FAR, NEAR):
            call("ip", "netns", "add", namespace)
            namespaces.append(namespace)
        far = tun("tun-far", FAR, FAR_ADDRESS, NEAR_ADDRESS)
        near = tun("tun-near", NEAR, NEAR_ADDRESS, FAR_ADDRESS)
        up = Direction(far, near, arguments.rate, arguments.delay, arguments.loss, 1)
        down = Direction(near, far, arguments.rate, arguments.delay, arguments.loss, 2)
        threading.Thread(target=carry, args=([up, down], stop), daemon=True).start()
        isRight = federation(Consortium(arguments.binaries.resolve(), folder), base, up, arguments)
        for name, direction in (("up", up), ("down", down)):
            print(f"{name}: {direction.packets:,} packets carried, {direction.lost:,} lost "
                  f"({100 * direction.lost / max(1, direction.lost + direction.packets):.1f} %)")
        print("passed" if isRight else "FAILED")
        return 0 if isRight else 1
    finally:
        stop.set()
        for namespace in namespaces:
            for process in subprocess.run(["ip", "netns", "pids", namespace], capture_output=True, text=True).stdout.split():
                os.kill(int(process), signal.SIGKILL)
            subprocess.run(["ip", "netns", "del", namespace])
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
