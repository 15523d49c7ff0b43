// Lock a shared tablet that nobody touches. Twenty seconds before, it says so; one tap anywhere stays signed in.
// Words begun and not saved are kept by draft.js for the person they belong to.
import { at, csrf, el, say } from './page.js'

const WARNING = 20
const allowed = Number(document.body.dataset.lockAfter || 0)
const KEY = 'milieu touched'
let dialog = null

const read = () => Number(localStorage.getItem(KEY)) || Date.now()
function touch() {
  localStorage.setItem(KEY, String(Date.now()))
  if (dialog) tell()
  dialog?.close()
}

async function lock() {
  document.dispatchEvent(new CustomEvent('milieu:locking'))
  const body = new URLSearchParams({ csrfmiddlewaretoken: csrf(), idle: '1', next: location.pathname + location.search })
  try {
    const answer = await fetch(at.lock, { method: 'POST', body, credentials: 'same-origin' })
    location.replace(answer.url)
  } catch {
    // No network: the session may live on, but nothing personal stays on the glass.
    document.querySelector('.frame')?.remove()
    location.replace(at.lock)
  }
}

function warn(left) {
  if (!dialog) {
    const words = el('p', { id: 'lock-words' })
    dialog = el('dialog', { 'aria-labelledby': 'lock-words', class: 'lock-warning' },
      el('div', { class: 'sheet-pad' }, words,
        el('p', { class: 'row-of-buttons' },
          el('button', { class: 'btn btn-pri btn-lg', type: 'button', autofocus: true, onclick: touch }, say('stay')),
          el('button', { class: 'btn btn-lg', type: 'button', onclick: lock }, say('lock')))))
    dialog.addEventListener('cancel', touch)
    dialog.addEventListener('close', () => { dialog?.remove(); dialog = null })
    document.body.append(dialog)
    dialog.showModal()
    words.textContent = say('locking', { n: WARNING })
  }
  const words = dialog.querySelector('p')
  const text = left === 1 ? say('locking_one') : say('locking', { n: left })
  if (words.textContent !== text) words.textContent = text
}

// The server decides when to lock, and hears nothing of somebody who only reads or writes: tell it twice a minute.
let told = Date.now()
function tell() {
  if (Date.now() - told < 30_000) return
  told = Date.now()
  const body = new URLSearchParams({ csrfmiddlewaretoken: csrf() })
  fetch(at.stay, { method: 'POST', body, credentials: 'same-origin', headers: { 'X-Act': '1' } }).catch(() => {})
}

let last = 0
function soften() {
  // Pointer moves come by the hundred; one note a second is enough.
  if (Date.now() - last < 1000) return
  last = Date.now()
  if (dialog) return
  touch()
  tell()
}

function look() {
  const left = Math.ceil(allowed - (Date.now() - read()) / 1000)
  if (left <= 0) { clearInterval(watch); lock() } else if (left <= WARNING) warn(left)
  else dialog?.close()
}

let watch = 0
if (allowed && at.lock) {
  touch()
  for (const type of ['pointerdown', 'keydown', 'wheel', 'touchstart']) addEventListener(type, soften, { passive: true, capture: true })
  addEventListener('pointerdown', (event) => { if (dialog && !event.target.closest?.('dialog button')) touch() }, true)
  watch = setInterval(look, 1000)
}
