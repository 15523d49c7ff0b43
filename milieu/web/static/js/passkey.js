// Passkeys: sign in with one, or add one to my settings. Where the browser cannot, nothing of this is shown.
// The page says what to ask and where to send it; bytes travel as base64url.
const able = globalThis.isSecureContext && globalThis.PublicKeyCredential && navigator.credentials

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
const csrf = () => document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? ''

// A refusal of the server's carries its sentence; anything else gets the page's own.
class Said extends Error {}

async function send(address, body) {
  const answer = await fetch(address, {
    method: 'POST', credentials: 'same-origin', body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': csrf(), 'X-Act': '1' },
  })
  const type = answer.headers.get('Content-Type') ?? ''
  if (!type.includes('json')) throw new Said(await answer.text())
  const got = await answer.json()
  if (!answer.ok) throw new Said(got.sentence)
  return got
}

const listed = (keys) => (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }))

async function signIn(place) {
  const { options, ticket } = await send(place.dataset.ask, {})
  const publicKey = { ...options, challenge: toBytes(options.challenge), allowCredentials: listed(options.allowCredentials) }
  const got = await navigator.credentials.get({ publicKey })
  const { authenticatorData, clientDataJSON, signature, userHandle } = got.response
  const credential = {
    id: got.id, rawId: toText(got.rawId), type: got.type,
    response: {
      authenticatorData: toText(authenticatorData), clientDataJSON: toText(clientDataJSON), signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : undefined,
    },
  }
  return send(place.dataset.send, { ticket, credential, to: place.dataset.to })
}

async function add(place) {
  const { label, password } = Object.fromEntries(new FormData(place))
  const { options, ticket } = await send(place.dataset.ask, { password })
  const publicKey = {
    ...options, challenge: toBytes(options.challenge), user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: listed(options.excludeCredentials),
  }
  const made = await navigator.credentials.create({ publicKey })
  const { attestationObject, clientDataJSON } = made.response
  const credential = {
    id: made.id, rawId: toText(made.rawId), type: made.type,
    response: {
      attestationObject: toText(attestationObject), clientDataJSON: toText(clientDataJSON),
      transports: made.response.getTransports?.() ?? [],
    },
  }
  return send(place.dataset.send, { ticket, credential, label })
}

async function run(place, step) {
  const error = place.querySelector('.field-error')
  const button = place.querySelector('button')
  error.hidden = true
  button.setAttribute('aria-busy', 'true')
  try {
    const { to } = await step(place)
    // The same page with another fragment would not load anew by itself.
    const same = new URL(to, location.href).pathname === location.pathname
    location.assign(to)
    if (same) location.reload()
  } catch (problem) {
    error.textContent = problem instanceof Said ? problem.message : place.dataset.failed
    error.hidden = false
  } finally {
    button.removeAttribute('aria-busy')
  }
}

for (const place of able ? document.querySelectorAll('[data-passkey]') : []) {
  place.hidden = false
  for (const words of document.querySelectorAll('[data-without-passkey]')) words.hidden = true
  if (place.dataset.passkey === 'sign-in') place.querySelector('button').addEventListener('click', () => run(place, signIn))
  else place.addEventListener('submit', (event) => { event.preventDefault(); run(place, add) })
}
