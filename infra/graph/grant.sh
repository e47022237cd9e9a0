#!/usr/bin/env bash
# Lets the deployed app call Microsoft Graph: what grants.bicep does, with the Azure CLI alone.
# Usage: infra/graph/grant.sh IDENTITY_PRINCIPAL_ID [onBehalfOf | managedIdentity] [UNIQUE_NAME]
# It may be repeated: what has been granted is left as it is. PERMISSIONS names the application permissions for
# managedIdentity, with spaces between them.
set -euo pipefail
. "$(cd "$(dirname "$0")" && pwd)/graph.sh"

[ $# -ge 1 ] || fail "Usage: infra/graph/grant.sh IDENTITY_PRINCIPAL_ID [onBehalfOf | managedIdentity] [UNIQUE_NAME]"
identity=$1
credential=${2:-onBehalfOf}
name=${3:-device-registrar}
permissions=${PERMISSIONS:-Device.Read.All User.Read.All}
case $credential in
  onBehalfOf | managedIdentity) ;;
  *) fail "'$credential' is no credential; onBehalfOf or managedIdentity is expected." ;;
esac
graph_principal=$(get "servicePrincipals(appId='$graph_app')" id)

# The registration trusts the identity: no secret, no certificate. Each identity has a trust of its own, of which Microsoft
# Entra takes 20 per registration.
trust_identity() {
  local tenant login
  tenant=$(az account show --query tenantId --output tsv)
  login=$(az cloud show --query endpoints.activeDirectory --output tsv)
  upsert "applications(uniqueName='$name')/federatedIdentityCredentials(name='managed-identity-$identity')" "{
    \"issuer\": \"${login%/}/$tenant/v2.0\",
    \"subject\": \"$identity\",
    \"audiences\": [\"$(exchange_audience)\"],
    \"description\": \"The identity of the deployed function app\"
  }"
  echo "Trusted: the registration $name believes the identity $identity."
}

# The consent of an administrator, for everybody in the tenant.
consent() {
  local client principal grant scope
  client=$(get "applications(uniqueName='$name')" appId)
  principal=$(get "servicePrincipals(appId='$client')" id)
  grant=$(get "servicePrincipals/$principal/oauth2PermissionGrants" \
    "value[?consentType=='AllPrincipals' && resourceId=='$graph_principal'].id")
  if [ -z "$grant" ]; then
    post oauth2PermissionGrants "{
      \"clientId\": \"$principal\", \"consentType\": \"AllPrincipals\",
      \"resourceId\": \"$graph_principal\", \"scope\": \"$delegated_permission\"
    }"
    echo "Granted: $delegated_permission, for users."
    return
  fi
  scope=$(get "oauth2PermissionGrants/$grant" scope)
  case " $scope " in
    *" $delegated_permission "*) echo "Granted before: $delegated_permission, for users." ;;
    *)
      patch "oauth2PermissionGrants/$grant" "{ \"scope\": \"$scope $delegated_permission\" }"
      echo "Granted: $delegated_permission, for users."
      ;;
  esac
}

# An application permission of Microsoft Graph for the identity.
assign() { # name of the permission
  local role assignment
  role=$(get "servicePrincipals/$graph_principal" "appRoles[?value=='$1'].id")
  [ -n "$role" ] || fail "Microsoft Graph has no application permission $1."
  assignment=$(get "servicePrincipals/$identity/appRoleAssignments" \
    "value[?appRoleId=='$role' && resourceId=='$graph_principal'].id")
  if [ -n "$assignment" ]; then
    echo "Granted before: $1, for the app."
    return
  fi
  post "servicePrincipals/$graph_principal/appRoleAssignedTo" "{
    \"principalId\": \"$identity\", \"resourceId\": \"$graph_principal\", \"appRoleId\": \"$role\"
  }"
  echo "Granted: $1, for the app."
}

trust_identity
if [ "$credential" = onBehalfOf ]; then
  consent
else
  for permission in $permissions; do assign "$permission"; done
fi
