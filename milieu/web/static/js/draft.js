// Words begun and not saved are kept on this device and come back only to the same account.
// Sealed with a key the server gives to that account alone, so the next person on the tablet cannot read them.
import { $$ } from './page.js'

const account = document.body.dataset.account
const secret = document.body.dataset.draftKey
const fields = () => $$('[data-draft]')
const nameOf = (field) => `draft ${account} ${field.dataset.draft}`
const encoder = new TextEncoder()
const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))

async function makeKey() {
  // Without a secure context there is nothing to seal with: then words are not kept at all.
  if (!account || !secret || !globalThis.crypto?.subtle) return null
  const raw = await crypto.subtle.digest('SHA-256', encoder.encode(secret))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}
const key = makeKey()

async function keep(field) {
  const sealWith = await key
  if (!sealWith) return
  if (!field.value.trim()) return localStorage.removeItem(nameOf(field))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, sealWith, encoder.encode(field.value))
  localStorage.setItem(nameOf(field), `${base64(iv)} ${base64(sealed)}`)
}

async function bring(field) {
  const sealed = localStorage.getItem(nameOf(field))
  const openWith = await key
  if (!sealed || !openWith || field.value) return
  try {
    const [iv, words] = sealed.split(' ').map(bytes)
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, openWith, words)
    if (!field.value) field.value = new TextDecoder().decode(plain)
  } catch {
    localStorage.removeItem(nameOf(field))
  }
}

let timer = 0
document.addEventListener('input', (event) => {
  if (!event.target.matches?.('[data-draft]')) return
  clearTimeout(timer)
  timer = setTimeout(() => keep(event.target), 400)
})
document.addEventListener('milieu:locking', () => { for (const field of fields()) { keep(field) } })
document.addEventListener('milieu:recorded', (event) => {
  clearTimeout(timer)
  for (const field of $$('[data-draft]', event.detail.form)) localStorage.removeItem(nameOf(field))
})
// A plain form that is sent is on its way to the record too; if it comes back with an error the words are in the page.
document.addEventListener('submit', (event) => {
  if (event.target.matches('form[data-act]')) return
  clearTimeout(timer)
  for (const field of $$('[data-draft]', event.target)) localStorage.removeItem(nameOf(field))
})
document.addEventListener('milieu:swapped', () => { for (const field of fields()) bring(field) })
for (const field of fields()) bring(field)
