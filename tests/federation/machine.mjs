// A program that uses the certified client library (npm openid-client): it finds the endpoints, takes
// a token, calls the API, gives the token back and calls again. Prints what it met, as JSON.
import { Issuer } from "openid-client";

const { ADDRESS, CLIENT_ID, CLIENT_SECRET, SCOPE } = process.env;
const issuer = await Issuer.discover(`${ADDRESS}/.well-known/oauth-authorization-server`);
const client = new issuer.Client({
  client_id: CLIENT_ID,
  client_secret: CLIENT_SECRET,
  token_endpoint_auth_method: "client_secret_basic",
});

const call = async (token) => {
  const answer = await fetch(`${ADDRESS}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
  return { status: answer.status, challenge: answer.headers.get("www-authenticate"), body: await answer.json() };
};

const token = await client.grant({ grant_type: "client_credentials", scope: SCOPE });
const before = await call(token.access_token);
await client.revoke(token.access_token, "access_token");
const after = await call(token.access_token);

let refused = null;
try {
  await new issuer.Client({ client_id: CLIENT_ID, client_secret: "wrong" }).grant({ grant_type: "client_credentials" });
} catch (error) {
  refused = error.error;
}
console.log(JSON.stringify({ token, before, after, refused }));
