# What register.sh and grant.sh share: Microsoft Graph through the Azure CLI. To be read by them, not run.

# Client id of Microsoft Graph, the same in every tenant and cloud.
graph_app=00000003-0000-0000-c000-000000000000
# What lets a user who may create devices do so through the app.
delegated_permission=Directory.AccessAsUser.All

graph=$(az cloud show --query endpoints.microsoftGraphResourceId --output tsv)
graph=${graph%/}/v1.0

fail() {
  echo "$1" >&2
  exit 1
}

send() { # method, path, body, further headers…
  local method=$1 path=$2 body=$3
  shift 3
  az rest --method "$method" --url "$graph/$path" --body "$body" --headers Content-Type=application/json "$@" --output none
}

# Makes an object, or changes the one that is there.
upsert() { send patch "$1" "$2" Prefer=create-if-missing; } # path, body
patch() { send patch "$1" "$2"; }                            # path, body
post() { send post "$1" "$2"; }                              # path, body

get() { # path, query
  az rest --method get --url "$graph/$1" --query "$2" --output tsv
}

# Whom a token must be for that a registration trusts.
exchange_audience() {
  case $(az cloud show --query name --output tsv) in
    AzureUSGovernment) echo api://AzureADTokenExchangeUSGov ;;
    AzureChinaCloud) echo api://AzureADTokenExchangeChina ;;
    *) echo api://AzureADTokenExchange ;;
  esac
}
