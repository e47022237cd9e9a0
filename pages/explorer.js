const nothing = () => () => null;

/** Of the viewer only the operations are shown: the page itself has a name, and a place to say who calls. */
const onlyOperations = () => ({
  wrapComponents: {
    InfoContainer: nothing,
    ServersContainer: nothing,
    SchemesContainer: nothing,
    authorizeBtn: nothing,
    authorizeOperationBtn: nothing,
  },
});

const viewer = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#viewer',
  plugins: [onlyOperations],
  deepLinking: true,
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // Nothing leaves this page but the requests that are sent from it.
  validatorUrl: null,
});

document.getElementById('caller').addEventListener('submit', (event) => {
  event.preventDefault();
  const token = document.getElementById('token').value.trim();
  const shown = token.length > 24 ? `${token.slice(0, 24)}…` : token;
  viewer.preauthorizeApiKey('bearer', token);
  document.getElementById('who').textContent = `Requests now carry the token “${shown}”.`;
});

/** The viewer is dark where a class says so; the rest of the page asks the system. */
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
