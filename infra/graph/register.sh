#!/usr/bin/env bash
# Makes or mends the app registration that callers ask tokens for: what registration.bicep does, with the Azure CLI alone.
# Usage: infra/graph/register.sh [UNIQUE_NAME]
# It may be repeated: what is there stays, with the same ids. The lines that it prints are what infra/main.bicep needs.
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)
. "$folder/graph.sh"

name=${1:-device-registrar}
tenant=$(az account show --query tenantId --output tsv)
identifier=api://$tenant/$name
scope=$(get "servicePrincipals(appId='$graph_app')" "oauth2PermissionScopes[?value=='$delegated_permission'].id")
[ -n "$scope" ] || fail "Microsoft Graph has no scope $delegated_permission."

upsert "applications(uniqueName='$name')" "@$folder/application.json"
upsert "applications(uniqueName='$name')" "{
  \"identifierUris\": [\"$identifier\"],
  \"requiredResourceAccess\": [
    { \"resourceAppId\": \"$graph_app\", \"resourceAccess\": [{ \"type\": \"Scope\", \"id\": \"$scope\" }] }
  ]
}"
client=$(get "applications(uniqueName='$name')" appId)
upsert "servicePrincipals(appId='$client')" "{ \"appId\": \"$client\" }"

echo "API_CLIENT_ID=$client"
echo "API_IDENTIFIER_URI=$identifier"
