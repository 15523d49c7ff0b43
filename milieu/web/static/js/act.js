// Record without leaving the page. A form with data-act is sent as it stands; the answer is the page it would have led to,
// and its regions take the place of ours. When it is refused the button stays lit and the server's sentence is shown.
import { $$, at, csrf, el, icon, say, speak, takeRegions } from './page.js'

let box = null

function show(sentence) {
  box?.remove()
  const close = el('button', { class: 'btn btn-round', type: 'button', 'aria-label': say('close'), onclick: () => box?.remove() }, icon('close'))
  box = el('div', { class: 'refusal', role: 'alert' }, el('p', {}, sentence), close)
  document.body.append(box)
}

async function sentenceOf(answer) {
  const body = await answer.text()
  const kind = answer.headers.get('content-type') ?? ''
  if (kind.startsWith('text/plain')) return body.trim()
  if (kind.includes('json')) {
    try { return JSON.parse(body).sentence } catch { return '' }
  }
  const page = new DOMParser().parseFromString(body, 'text/html')
  return page.querySelector('[data-refusal]')?.textContent.trim()
}

function follow(answer, html) {
  const here = new URL(location.href)
  const there = new URL(answer.url)
  // Signed out meanwhile, or led to another screen: go there as a plain form would.
  if (there.pathname !== here.pathname || takeRegions(html) === 0) return location.assign(answer.url)
  if (there.search !== here.search) history.replaceState(null, '', there.pathname + there.search + here.hash)
  document.getElementById('page-focus')?.focus()
}

// An id of this act's own (UUID version 7). The same words sent again after a lost answer keep it, so they count once.
let unanswered = { said: '', id: '' }
function idFor(said) {
  if (unanswered.said === said) return unanswered.id
  const random = [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = '89ab'[parseInt(random[3], 16) % 4]
  unanswered = { said, id: `${Date.now().toString(16).padStart(12, '0')}7${random.slice(0, 3)}${variant}${random.slice(4, 19)}` }
  return unanswered.id
}

// An act's answer can put the next person under the finger. A tap that was meant twice must not record for them.
const SAME_TAP_MS = 800
const SAME_TAP_PX = 60
let tapped = null
let sent = null
let swappedAt = -Infinity
let underWay = 0
function isSameTap(tap) {
  const soon = underWay > 0 || performance.now() - swappedAt < SAME_TAP_MS
  return soon && sent !== null && Math.hypot(tap.x - sent.x, tap.y - sent.y) <= SAME_TAP_PX
}
document.addEventListener('click', (event) => {
  // Keys and scripts press with detail 0: they are never the same tap.
  tapped = event.detail > 0 ? { x: event.clientX, y: event.clientY } : null
  if (!tapped || !event.target.closest?.('form[data-act] button') || !isSameTap(tapped)) return
  event.preventDefault()
  event.stopPropagation()
}, true)

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button))
  body.delete('csrfmiddlewaretoken')
  body.set('id', idFor(`${form.action} ${body}`))
  button?.setAttribute('aria-busy', 'true')
  form.dataset.sending = '1'
  sent = tapped
  underWay += 1
  try {
    const answer = await fetch(form.action, {
      method: 'POST', body, credentials: 'same-origin', headers: { 'X-Act': '1', 'X-CSRFToken': csrf() },
    })
    unanswered = { said: '', id: '' }
    if (!answer.ok) {
      button?.classList.add('lit')
      return show((await sentenceOf(answer)) || say('not_saved'))
    }
    box?.remove()
    document.dispatchEvent(new CustomEvent('milieu:recorded', { detail: { form } }))
    // What was said about this one must not be said about the next: a time, a reason, an addition.
    form.reset()
    for (const once of $$('details[data-once]')) once.open = false
    const html = await answer.text()
    follow(answer, html)
    swappedAt = performance.now()
    speak(document.querySelector('.undo p')?.textContent)
    speak(document.querySelector('[data-say]')?.dataset.say)
  } catch {
    button?.classList.add('lit')
    show(say('no_network'))
  } finally {
    button?.removeAttribute('aria-busy')
    delete form.dataset.sending
    underWay -= 1
  }
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || !form.matches('form[data-act]')) return
  event.preventDefault()
  // A second tap while the first is on its way is the same tap.
  if (!form.dataset.sending) send(form, event.submitter)
})

// A link that changes only part of this page (a peek, a choice in Log); without script it is a link like any other.
async function swapTo(link) {
  try {
    const answer = await fetch(link.href, { credentials: 'same-origin', headers: { 'X-Act': '1' } })
    if (!answer.ok) throw new Error(String(answer.status))
    follow(answer, await answer.text())
    if (link.dataset.swap) document.querySelector(link.dataset.swap)?.focus()
  } catch {
    location.assign(link.href)
  }
}

// A second choice tapped before the first has come back adds to it: by then the link of its name leads to both.
let choosing = Promise.resolve()
document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return
  const link = event.target.closest?.('a[data-swap]')
  if (!link) return
  event.preventDefault()
  choosing = choosing.then(() => swapTo(document.getElementById(link.id) ?? link))
})

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return
  if (box) { box.remove(); box = null; return }
  document.querySelector('a[data-close]')?.click()
})

// A tap elsewhere puts the column back, as Escape does.
document.addEventListener('pointerdown', (event) => {
  const close = document.querySelector('.peek a[data-close]')
  if (close && !event.target.closest('.peek, a, button, input, label, summary, dialog, .undo-region')) close.click()
})

// The offer to undo goes by itself; the record does not. On Rounds it stays longer.
let fading = 0
function fade() {
  clearTimeout(fading)
  const bar = document.querySelector('.undo')
  if (!bar) return
  const seconds = Number(document.body.dataset.undoSeconds || 10)
  fading = setTimeout(() => {
    if (bar.matches(':hover, :focus-within')) return fade()
    bar.hidden = true
  }, seconds * 1000)
}
document.addEventListener('milieu:swapped', fade)
fade()

for (const button of $$('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
for (const errors of $$('.errors')) errors.focus()
if (!at.words) console.warn('milieu: the page brought no words')
