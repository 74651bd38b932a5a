#!/bin/sh
# Makes the keys and certificates of a consortium for trying things out and for looking at, with openssl alone.
# Not for real use: one machine holds everybody's private keys. Real keys are born where they are used (see README.md).
set -eu

usage() {
    echo "usage: make-throwaway-ca.sh FOLDER CLINIC-ID..." >&2
    echo "       FOLDER must not exist; it gets ca/, admin/, coordinator/ and one folder a clinic." >&2
    exit 64
}

[ $# -ge 2 ] || usage
folder=$1
shift
profiles=$(cd "$(dirname "$0")/profiles" && pwd)

command -v openssl >/dev/null || { echo "error: openssl is missing. Install the package “openssl”." >&2; exit 69; }
[ ! -e "$folder" ] || { echo "error: $folder exists. Choose another folder; nothing was changed." >&2; exit 77; }
for clinic in "$@"; do
    [ ${#clinic} -le 40 ] || clinic=""
    case $clinic in
        -* | *[!a-z0-9-]* | "" | ? | ca | admin | coordinator)
            echo "error: a clinic id has 2 to 40 lower-case letters, digits and hyphens, and is not ca, admin or coordinator." >&2
            exit 65
            ;;
    esac
done

umask 077
mkdir -p "$folder/ca"
export CONSORTIUM="Throwaway consortium"
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$folder/ca/ca-key.pem" 2>/dev/null
openssl req -new -x509 -sha256 -days 3653 -config "$profiles/authority.cnf" -key "$folder/ca/ca-key.pem" \
    -out "$folder/ca/ca.pem"

# issue FILE PROFILE: a certificate for $place/FILE-key.pem under the role, name and names in the environment.
issue() {
    openssl req -new -config "$profiles/$2.cnf" -key "$place/$1-key.pem" -out "$place/$1.csr"
    openssl x509 -req -sha256 -days 730 -in "$place/$1.csr" -CA "$folder/ca/ca.pem" -CAkey "$folder/ca/ca-key.pem" \
        -set_serial "0x$(openssl rand -hex 16)" -extfile "$profiles/$2.cnf" -extensions extensions \
        -out "$place/$1.pem" 2>/dev/null
    rm "$place/$1.csr"
}

# peer FOLDER ROLE NAME TLS-PROFILE
peer() {
    place=$folder/$1
    export ROLE="urn:consilium:$2" NAME="$3" NAMES="DNS:localhost,IP:127.0.0.1,IP:::1"
    mkdir "$place"
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$place/tls-key.pem" 2>/dev/null
    openssl genpkey -algorithm ED25519 -out "$place/signing-key.pem"
    issue tls "$4"
    issue signing signing
    cp "$folder/ca/ca.pem" "$place/ca.pem"
    chmod 644 "$place/ca.pem" "$place/tls.pem" "$place/signing.pem"
}

peer coordinator coordinator "the coordinator" tls-coordinator
peer admin admin:throwaway "admin throwaway" tls-client
for clinic in "$@"; do
    peer "$clinic" "clinic:$clinic" "clinic $clinic" tls-client
done
chmod 644 "$folder/ca/ca.pem"

echo "Made $folder. The authority's fingerprint, as people compare it:"
openssl x509 -in "$folder/ca/ca.pem" -outform DER | openssl dgst -sha256 -r | cut -c1-64 | sed 's/..../& /g'
