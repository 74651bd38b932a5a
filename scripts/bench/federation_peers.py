"""NVFlare and Flower through the runners in the customer's folder, one run a call."""
import json
import os
import subprocess
import sys
import tempfile


class Peers:
    def __init__(self, options):
        self.folder = options.peers
        self.interpreters = {"run_nvflare.py": options.nvflare, "run_flower.py": options.flower}
        self.rounds = options.rounds

    def nvflare(self, clinics, parameters):
        return self._run("run_nvflare.py", "--nodes", clinics, "--params", parameters)

    def flower_secagg(self, clinics, parameters):
        certificates = os.path.join(self.folder, "certs.sh") if self.folder else ""
        if os.path.exists(certificates):
            subprocess.run(["sh", certificates], capture_output=True)
        return self._run("run_flower.py", "--nodes", clinics, "--params", parameters, "--secagg", "--limit", 600)

    def _run(self, script, *settings):
        interpreter = self.interpreters[script]
        if not self.folder or not interpreter:
            return None
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as out:
            command = [interpreter, os.path.join(self.folder, script), *map(str, settings), "--rounds", str(self.rounds),
                       "--repeats", "1", "--out", out.name]
            print("peer:", " ".join(command), file=sys.stderr, flush=True)
            # The runners find the peer's programs by PATH; without telemetry and without other interpreters' settings.
            environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
            environment["FLWR_TELEMETRY_ENABLED"] = "0"
            done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
            lines = [json.loads(line) for line in open(out.name)]
        if not lines or not lines[-1].get("ok", True):
            print(f"{script} gave no result: {(done.stdout + done.stderr)[-600:]}", file=sys.stderr)
            return None
        run = lines[-1]
        count = run["n"]
        run["round_cpu"] = [server + count * each
                            for server, each in zip(run["round_cpu_server"], run["round_cpu_client_each"])]
        return run
