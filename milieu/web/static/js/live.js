// Keep the page current. One event stream for the whole browser: the tab that holds the lock listens and tells the others.
// Regions named in a message are fetched again, unless a finger is down or the keyboard is inside: then a chip waits.
import { $$, at, el, hhmm, now, same, say, speak, swap } from './page.js'

const HEARTBEAT_LOST = 15000
const REST_AFTER_TOUCH = 1000
const OF_ONES_OWN = 2000
// A past moment has no line: it stays as it was.
const channel = new BroadcastChannel(`milieu ${at.live ?? 'past'}`)
const waiting = new Map()
const busy = new Map()
let heard = Date.now()
let known = Number(at.n)
let pointer = false
let released = 0
let acted = -Infinity
let chip = null

const regionsNamed = (name) => $$(`[data-region="${CSS.escape(name)}"][data-src]`)
const touched = () => pointer || Date.now() - released < REST_AFTER_TOUCH
// What follows from one's own act is expected: it comes at once, unless a finger is down again.
const isOwn = () => performance.now() - acted < OF_ONES_OWN
const inUse = (region) => pointer || (!isOwn() && (touched() || region.querySelector(':focus-visible') !== null))

// Regions with data-whole come with their whole page, so those asked for together are fetched once.
const asking = new Map()
function fetched(region) {
  const { src, whole, region: name } = region.dataset
  const key = whole === undefined ? `${src} ${name}` : src
  if (!asking.has(key)) {
    asking.set(key, read(src, name))
    setTimeout(() => asking.delete(key), 0)
  }
  return asking.get(key)
}

async function read(src, name) {
  const answer = await fetch(src, { credentials: 'same-origin', headers: { 'X-Region': name } })
  // Signed out or locked meanwhile: nothing personal stays on the glass.
  if (answer.status === 401) location.reload()
  if (!answer.ok || answer.redirected) return null
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

async function refresh(name, force = false) {
  if (!at.live) return
  if (busy.has(name)) return busy.set(name, true)
  busy.set(name, false)
  try {
    for (const region of regionsNamed(name)) {
      const made = (await fetched(region))?.querySelector(`[data-region="${name}"]`)
      if (!made) continue
      const inHand = region.dataset.quiet === undefined ? inUse(region) : pointer
      const held = !same(region, made) && !force && inHand
      if (held) { waiting.set(name, true); continue }
      waiting.delete(name)
      if (swap(region, document.adoptNode(made))) document.dispatchEvent(new CustomEvent('milieu:swapped'))
    }
  } catch { /* the dot says it when nothing comes for a while */ } finally {
    const again = busy.get(name)
    busy.delete(name)
    // A tap of one's own is over in a moment; only what waits longer is worth a word.
    if (chip || !waiting.size) showChip()
    else later()
    if (again) refresh(name)
  }
}

let chipTimer = 0
function later() {
  clearTimeout(chipTimer)
  chipTimer = setTimeout(showChip, Math.max(700, acted + OF_ONES_OWN - performance.now()))
}

function applyAll() {
  const names = [...waiting.keys()]
  waiting.clear()
  showChip()
  for (const name of names) refresh(name, true)
}

function showChip() {
  const count = [...waiting.keys()].filter((name) => regionsNamed(name).some((region) => region.dataset.quiet === undefined)).length
  if (!count) { chip?.remove(); chip = null; return }
  const words = count === 1 ? say('one_change') : say('changes', { n: count })
  if (!chip) {
    chip = el('button', { class: 'btn waiting', type: 'button', onclick: applyAll })
    document.getElementById('live').before(chip)
    speak(words)
  }
  chip.textContent = words
}

function show(state) {
  const dot = document.getElementById('live')
  if (!dot || dot.dataset.state === state) return
  dot.dataset.state = state
  const words = state === 'lost' ? say('updated', { time: hhmm(now() - (Date.now() - heard)) }) : say('live')
  dot.querySelector('.live-word').textContent = words
  if (state === 'lost') speak(words)
}

function hear(message) {
  const wasLost = document.getElementById('live')?.dataset.state === 'lost'
  heard = Date.now()
  show('live')
  // After a gap, or when more was recorded before the stream opened than this page knew, anything may have changed.
  const missed = message.n > known && message.regions?.length === 0
  known = Math.max(known, message.n ?? 0)
  const named = wasLost || missed ? $$('[data-region][data-src]').map((r) => r.dataset.region) : message.regions ?? []
  // An empty screen names in data-with what may fill it.
  const also = $$('[data-with]').filter((r) => named.includes(r.dataset.with)).map((r) => r.dataset.region)
  for (const name of new Set([...named, ...also])) refresh(name)
}

function listen() {
  const source = new EventSource(at.live)
  const pass = (event) => {
    let message = {}
    try { message = JSON.parse(event.data || '{}') } catch { return }
    hear(message)
    channel.postMessage(message)
  }
  // A page that opens later asks how far the record is; the answer makes it fetch what it missed.
  channel.addEventListener('message', (event) => { if (event.data.ask) channel.postMessage({ n: known, regions: [] }) })
  source.addEventListener('open', () => pass({ data: '{}' }))
  source.addEventListener('message', pass)
  source.addEventListener('beat', pass)
  // Held until the tab closes, and with it the lock: the next tab then listens.
  return new Promise((done) => addEventListener('pagehide', () => { source.close(); done() }, { once: true }))
}

document.addEventListener('milieu:crossed', (event) => { for (const name of new Set(event.detail.regions)) if (name) refresh(name) })
channel.addEventListener('message', (event) => { if (!event.data.ask) hear(event.data) })
for (const type of ['pointerdown', 'touchstart']) addEventListener(type, () => { pointer = true }, { passive: true, capture: true })
for (const type of ['pointerup', 'pointercancel', 'touchend', 'touchcancel']) {
  addEventListener(type, () => { pointer = false; released = Date.now(); setTimeout(retry, REST_AFTER_TOUCH + 50) }, { passive: true, capture: true })
}
document.addEventListener('milieu:recorded', () => {
  acted = performance.now()
  setTimeout(retry, 0)
})
addEventListener('focusout', () => setTimeout(retry, 300))
function retry() {
  if (pointer || (touched() && !isOwn())) return
  for (const name of [...waiting.keys()]) if (!regionsNamed(name).some(inUse)) refresh(name)
}

setInterval(() => { if (Date.now() - heard > HEARTBEAT_LOST) show('lost') }, 1000)
addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })
if (at.live) {
  channel.postMessage({ ask: true })
  if (navigator.locks) navigator.locks.request(`milieu ${at.live}`, listen)
  else listen()
}
