// A real OpenID provider for the tests, on this machine only. It is told what to
// be by one line of JSON, and what to do next by one word a line:
//
//   rotate    sign with a new key, and publish that alone
//   hang /…   answer nothing below this path any more
//   go on     answer again
//
// It says "ready" and its port, and "done" after each word.
import http from 'node:http'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import readline from 'node:readline'
import Provider from 'oidc-provider'

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const wish = JSON.parse((await lines.next()).value)
console.info = console.warn = () => {} // it says that it is for development, and it is

function newKey () {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' }
}

function directory (issuer) {
  return new Provider(issuer, {
    jwks: { keys: [newKey()] },
    clients: [{ client_id: wish.client, client_secret: wish.secret, redirect_uris: wish.redirects, response_types: ['code'], grant_types: ['authorization_code'] }],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: !wish.claimsInToken,
    pkce: { required: () => true },
    cookies: { keys: [randomUUID()] },
    ttl: { IdToken: 60, AccessToken: 60, AuthorizationCode: 60, Session: 600, Interaction: 600, Grant: 600 },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...wish.accounts[id], sub: id }) })
  })
}

let hanging = null
let answer
const server = http.createServer((request, response) => { if (hanging === null || !request.url.startsWith(hanging)) answer(request, response) })
server.listen(wish.port ?? 0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const issuer = `http://localhost:${server.address().port}`
answer = directory(issuer).callback()
process.stdout.write(`ready ${server.address().port}\n`)

for await (const word of lines) {
  if (word === 'rotate') answer = directory(issuer).callback()
  if (word.startsWith('hang ')) hanging = word.slice(5)
  if (word === 'go on') hanging = null
  process.stdout.write('done\n')
}
process.exit(0)
