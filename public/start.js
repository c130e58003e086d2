/* Starts the app named by the shell: its glue and its wasm, fetched side by side. Tells boot.js how it
   ended; says nothing itself. A module, so it is asked for only after the floor was checked. */

const { glue, wasm } = document.getElementById("boot-script").dataset;

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

async function start() {
  const response = fetch(wasm, { credentials: "same-origin" }).then((answer) => {
    if (!answer.ok) throw new Error(`${wasm}: ${answer.status}`);
    return answer;
  });
  // Awaited below, inside init; a failure of the glue must not leave this one unheard.
  response.catch(() => {});
  const app = await import(glue);
  await app.default({ module_or_path: response });
}

start().then(() => tell("boot-started"), (error) => {
  console.error(error);
  tell("boot-failed", error);
});
