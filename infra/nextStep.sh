#!/bin/sh
# Says what is left to do once the resources are there; azd hands in the outputs of infra/main.bicep.
set -eu
cat <<END

The identity of the app may do nothing in Microsoft Graph yet. Somebody who may grant that (docs/permissions.md) runs, once:

  az deployment sub create --location "$AZURE_LOCATION" --template-file infra/graph/grants.bicep \\
    --parameters identityPrincipalId=$IDENTITY_PRINCIPAL_ID graphCredential=$GRAPH_CREDENTIAL

or, where the Microsoft Graph extension of Bicep cannot be used:

  infra/graph/grant.sh $IDENTITY_PRINCIPAL_ID $GRAPH_CREDENTIAL

END
