// The certified OpenID provider (npm oidc-provider) on loopback, with its own development pages:
// any name signs in, and the name is the subject. Clients come as JSON in the environment.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" };

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: JSON.parse(process.env.CLIENTS),
    jwks: { keys: [key] },
    cookies: { keys: [randomUUID()] },
    pkce: { required: () => true, methods: ["S256"] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, email: "mot@example.org" }) }),
  });
  server.on("request", provider.callback());
  console.log(JSON.stringify({ issuer }));
});
