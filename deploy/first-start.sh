#!/bin/bash
# Certificates, passwords and Kibana's settings, made once; for compose.yml, which runs it inside Elasticsearch's image.
#   first-start.sh make                    what is missing is made; what is there is left as it is
#   first-start.sh renew                   new certificates from the same authority; passwords stay
#   first-start.sh kibana-password URL     tells Elasticsearch the password of Kibana's own user
set -euo pipefail
umask 077
secrets=${JEJAK_SECRETS:-/secrets}
tools=${JEJAK_TOOLS:-/usr/share/elasticsearch/bin}
owner=${JEJAK_OWNER:-1000:0} # as whom both images run
authority=$secrets/authority elasticsearch=$secrets/elasticsearch kibana=$secrets/kibana
days=1095

# 32 characters of a-z and 0-9: 165 bits
secret() { LC_ALL=C tr -dc 'a-z0-9' </dev/urandom | head -c 32 || true; }

make_authority() {
    [ -e "$authority/ca.key" ] && return
    "$tools/elasticsearch-certutil" ca --silent --pem --days "$days" --out "$authority/new.zip"
    unzip -q -o -j "$authority/new.zip" -d "$authority"
    rm "$authority/new.zip"
    echo "Made a certificate authority of your own."
}

# A certificate for $1, which is also called $2, into the folder $3.
make_certificate() {
    [ -e "$3/$1.crt" ] && return
    "$tools/elasticsearch-certutil" cert --silent --pem --days "$days" --name "$1" --dns "$1,localhost" --ip 127.0.0.1 \
        --ca-cert "$authority/ca.crt" --ca-key "$authority/ca.key" --out "$authority/new.zip"
    unzip -q -o -j "$authority/new.zip" -d "$3"
    rm "$authority/new.zip"
    cp "$authority/ca.crt" "$3/ca.crt"
    echo "Made a certificate for $1, good for $days days."
}

make_passwords() {
    for user in elastic kibana_system; do
        [ -e "$elasticsearch/$user.password" ] && continue
        secret >"$elasticsearch/$user.password"
        echo "Made a password for $user."
    done
}

make_settings() {
    [ -e "$kibana/kibana.yml" ] && return
    cat >"$kibana/kibana.yml" <<END
server.name: jejak
server.host: 0.0.0.0
server.publicBaseUrl: ${JEJAK_KIBANA_URL:-https://localhost:5601}
server.ssl.enabled: true
server.ssl.certificate: /usr/share/kibana/config/secrets/kibana.crt
server.ssl.key: /usr/share/kibana/config/secrets/kibana.key
elasticsearch.hosts: ["https://elasticsearch:9200"]
elasticsearch.ssl.certificateAuthorities: ["/usr/share/kibana/config/secrets/ca.crt"]
elasticsearch.username: kibana_system
elasticsearch.password: "$(cat "$elasticsearch/kibana_system.password")"
xpack.security.encryptionKey: "$(secret)"
xpack.encryptedSavedObjects.encryptionKey: "$(secret)"
xpack.reporting.encryptionKey: "$(secret)"
# Nothing is asked of the Internet, and nothing is told to it.
telemetry.optIn: false
newsfeed.enabled: false
map.includeElasticMapsService: false
END
    echo "Wrote Kibana's settings."
}

make() {
    mkdir -p "$authority" "$elasticsearch" "$kibana"
    make_authority
    make_certificate elasticsearch elasticsearch "$elasticsearch"
    make_certificate kibana kibana "$kibana"
    make_passwords
    make_settings
    chown -R "$owner" "$elasticsearch" "$kibana"
    chmod -R u=rwX,go= "$secrets"/*
}

renew() {
    rm -f "$elasticsearch"/elasticsearch.{crt,key} "$kibana"/kibana.{crt,key}
    make
    echo "Start Elasticsearch and Kibana again, so that they read them."
}

# The password goes by standard input: arguments can be seen in the list of processes.
kibana_password() {
    ca=$elasticsearch/ca.crt
    printf '{"password":"%s"}' "$(cat "$elasticsearch/kibana_system.password")" >"$scratch/body"
    printf 'user = "elastic:%s"\n' "$(cat "$elasticsearch/elastic.password")" \
        | curl --silent --show-error --fail-with-body --cacert "$ca" --config - --retry 30 --retry-all-errors --retry-delay 2 \
            -H 'Content-Type: application/json' --data-binary "@$scratch/body" \
            "$1/_security/user/kibana_system/_password" >"$scratch/answer" \
        || { echo "Elasticsearch did not take Kibana's password: $(cat "$scratch/answer")" >&2; exit 1; }
    echo "Kibana's user has its password."
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
case ${1:-} in
    make) make ;;
    renew) renew ;;
    kibana-password) kibana_password "${2:?the address of Elasticsearch}" ;;
    *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
esac
