#!/bin/sh
# What a recipient does with a package, as docs/sharing.md says, with nothing of ours: check_package.sh PACKAGE.zip KEY.pem PYTHON
# PYTHON is one that has bagit. Ends with 0 only when all of it is right.
set -e
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
"$3" -m zipfile -e "$1" "$room"
cd "$room"/*
"$3" -m bagit --quiet --validate .
cd data
sha256sum --check --strict --quiet SHA256SUMS
openssl pkeyutl -verify -pubin -inkey "$2" -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
listed=$(wc -l < SHA256SUMS)
there=$(find . -type f | wc -l)
[ "$there" -eq $((listed + 2)) ] # all but the sums and their signature
