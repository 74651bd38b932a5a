#!/usr/bin/env bash
# A whole federation on this machine: one coordinator, four clinics, an admin; separate processes, mutual TLS on loopback.
# Every command here is one that a real consortium types; only the folders lie side by side.
#
# usage: scripts/demo.sh --binaries DIR [--folder DIR] [--short] [--keep-running]
# Exits non-zero if the federated adapter does not beat the base model on every clinic, a budget is exceeded, or the audit
# finds anything.
set -euo pipefail

binaries="" folder="demo-run" short="" job_file="coordinator/jobs/demo.yaml" count=100
while [ $# -gt 0 ]; do
    case "$1" in
        --binaries) binaries=$2; shift ;;
        --folder) folder=$2; shift ;;
        --short) short=1 ;;
        *) echo "demo.sh: unknown option $1" >&2; exit 64 ;;
    esac
    shift
done
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
[ -x "$binaries/consilium-node" ] || { echo "demo.sh: no programs in “$binaries”; run “make build” first" >&2; exit 64; }
node=$binaries/consilium-node coordinator=$binaries/consilium-coordinator admin=$binaries/consilium-admin

clinics=(northshore-cardiology summit-orthopedics meridian-pathology willow-family-medicine)
specialties=(cardiology orthopedics pathology family-medicine)
formats=(hl7 csv json fhir)

case "$folder" in /* ) ;; *) folder=$root/$folder ;; esac
# Only a folder that an earlier demo made is ever removed.
if [ -e "$folder" ]; then
    [ -e "$folder/.consilium-demo" ] || { echo "demo.sh: $folder exists and is no demo folder; name another one" >&2; exit 64; }
    rm -rf "$folder"
fi
mkdir -p "$folder/logs"
touch "$folder/.consilium-demo"
export CONSILIUM_ADMIN_HOME=$folder/admin OPENBLAS_NUM_THREADS=1

started=$SECONDS
processes=()
cleanup() {
    for process in "${processes[@]:-}"; do [ -n "$process" ] && kill "$process" 2>/dev/null || true; done
}
trap cleanup EXIT
fail() {
    echo "demo failed: $1" >&2
    echo "  logs: $folder/logs" >&2
    exit 1
}
step() { printf '\n\033[1m%s\033[0m\n' "$1" >&2; }
[ -t 2 ] || step() { printf '\n%s\n' "$1" >&2; }

step "1  A consortium: CA and admin keys, a coordinator with its own keys"
"$coordinator" init "$folder/coordinator" --host localhost --host 127.0.0.1 --listen 127.0.0.1:0 >"$folder/logs/coordinator-init.log"
"$admin" init "$folder/admin" --consortium "Demo Consortium" --coordinator-request "$folder/coordinator/request.json" \
    >"$folder/logs/admin-init.log"
"$coordinator" serve --config "$folder/coordinator/coordinator.yaml" >"$folder/logs/coordinator.log" 2>&1 &
processes+=($!)
for _ in $(seq 100); do [ -s "$folder/coordinator/port" ] && break; sleep 0.1; done
[ -s "$folder/coordinator/port" ] || fail "the coordinator did not start (see coordinator.log)"
url=https://localhost:$(cat "$folder/coordinator/port")
export CONSILIUM_COORDINATOR_URL=$url
echo "  coordinator at $url" >&2

step "2  Four clinics: keys born in each clinic's folder, one-time tokens, reports in, identifiers out"
for i in "${!clinics[@]}"; do
    clinic=${clinics[$i]}
    "$node" init "$folder/$clinic" --site-config "site-config/$clinic.yaml" >"$folder/logs/$clinic-init.log"
    token=$("$admin" token create --clinic "$clinic" --token-only)
    "$node" enroll --home "$folder/$clinic" --coordinator "$url" --ca "$folder/admin/ca.pem" --token "$token" --wait 60 \
        >"$folder/logs/$clinic-enroll.log" 2>&1 &
    processes+=($!)
done
"$admin" roster sign --expect ${#clinics[@]} --wait 60 --yes >"$folder/logs/roster.log"
for i in "${!clinics[@]}"; do
    clinic=${clinics[$i]}
    "$node" sample-reports --specialty "${specialties[$i]}" --count "$count" --seed $((11 + i)) \
        --out "$folder/reports/$clinic" --format "${formats[$i]}" >"$folder/logs/$clinic-reports.log"
    printf '  %-24s ' "$clinic" >&2
    "$node" import "$folder/reports/$clinic" --home "$folder/$clinic" --brief --quiet >&2
done

step "3  A job: signed by the admin, read and approved in every clinic"
flags=()
[ -n "$short" ] && flags=(--rounds 3)
"$admin" job propose "$job_file" "${flags[@]}" >"$folder/logs/job.log"
job=$(sed -n 's/^id: *//p' "$job_file")
for clinic in "${clinics[@]}"; do
    "$node" jobs list --home "$folder/$clinic" >"$folder/logs/$clinic-jobs.log"
    "$node" jobs approve "$job" --officer "demo privacy officer" --home "$folder/$clinic" >>"$folder/logs/$clinic-jobs.log"
done
"$node" jobs show "$job" --home "$folder/${clinics[0]}" | sed 's/^/  /' >&2

step "4  Training: each clinic on its own reports; only clipped, noised updates leave"
workers=()
for clinic in "${clinics[@]}"; do
    "$node" run --once --compare-local --home "$folder/$clinic" >"$folder/logs/$clinic-run.log" 2>&1 &
    processes+=($!)
    workers+=($!)
done
"$admin" job watch "$job" --until-end || fail "the job did not finish"
echo "  evaluating on each clinic's own held-out patients ..." >&2
for i in "${!workers[@]}"; do
    wait "${workers[$i]}" || fail "the node of ${clinics[$i]} stopped with code $? (see ${clinics[$i]}-run.log)"
done

step "5  Result: perplexity on each clinic's own held-out reports (lower is better)"
verdict=0
printf '%-24s %8s %12s %11s %10s %9s %9s %9s\n' clinic base "local only" federated gain "eps spent" "eps left" sent
for clinic in "${clinics[@]}"; do
    "$node" jobs result "$job" --home "$folder/$clinic" --row --require-gain || verdict=1
done
echo "local only: the same steps with the same noise on the clinic's own reports; it stays in the clinic."
echo "eps spent: what the clinic's own ledger charged, on the safe side; the audit below works it out again, more closely."

step "6  Audit: every ledger, offline"
ledgers=()
for clinic in "${clinics[@]}"; do ledgers+=("$folder/$clinic/ledger.sqlite"); done
"$admin" audit "${ledgers[@]}" || verdict=1
"$admin" model export "$job" --out "$folder/adapter" >"$folder/logs/export.log"

cat <<END

adapter (PEFT)   $folder/adapter
ledgers          $folder/<clinic>/ledger.sqlite
what left        $folder/<clinic>/egress  (consilium-node egress list --home $folder/${clinics[0]})
wall time        $((SECONDS - started)) s
END
[ $verdict = 0 ] || fail "a clinic did not gain, or the audit found violations"
echo "demo passed: the federated adapter beats the base model on all ${#clinics[@]} clinics; budgets kept; audit clean."
echo "next: Docs/two-sites.md, the same between two hospitals' own machines, in eight commands."
