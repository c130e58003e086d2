/* PouchDB's own server in Node: `express-pouchdb` over LevelDB, and the page that carries PouchDB itself. Started with
   the data's folder, in the folder where npm put the packages; says its port. */
const express = require("express");
const base = require("pouchdb");
const data = process.argv[1];
const PouchDB = base.defaults({ prefix: data + "/" });
const app = express();
const page = "<!doctype html><title>PouchDB</title><script src=\"/pouchdb.js\"></script><script src=\"/pouchdb.indexeddb.js\"></script>";
app.get("/", (_, answer) => answer.type("html").send(page));
for (const file of ["pouchdb.js", "pouchdb.indexeddb.js"]) {
  app.get("/" + file, (_, answer) => answer.sendFile(process.cwd() + "/node_modules/pouchdb/dist/" + file.replace(".js", ".min.js")));
}
app.use("/db", require("express-pouchdb")(PouchDB, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: data + "/log.txt" }));
const listening = app.listen(0, "127.0.0.1", () => console.log(listening.address().port));
