#!/bin/sh
# Stands for whatever brings the checked-out commit to production.
set -eu
echo "deploying $(git rev-parse HEAD)"
