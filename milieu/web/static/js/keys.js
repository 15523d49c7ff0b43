// Single keys for people who work on a keyboard: T R L H, G then P, J and K for rows, S seen, U undo, / find, ? this list.
// They rest while someone writes, while a dialog is open, and with any modifier, so that no assistive key is taken.
import { $$, el, icon, say } from './page.js'
import { open } from './find.js'

const PLACES = { t: 'today', r: 'rounds', l: 'log', h: 'handover' }
let gone = 0

const toPlace = (code) => document.querySelector(`[data-place="${code}"]`)?.click()
const rows = () => $$('.person .name, .need .btn, .list-row a').filter((row) => row.offsetParent)
const rowInFocus = () => document.activeElement?.closest('.person, .need, .list-row')

function step(by) {
  const all = rows()
  const here = all.indexOf(document.activeElement)
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(here + by, all.length - 1))]
  next?.focus()
}

function seen() {
  const row = rowInFocus()
  const button = row?.querySelector('[data-key="S"]') ?? document.querySelector('[data-peek-seen] [data-key="S"]')
  button?.click()
}

function list() {
  const lines = [['T', 'k_today'], ['R', 'k_rounds'], ['L', 'k_log'], ['H', 'k_handover'], ['G P', 'k_person'], ['J K', 'k_rows'],
    ['S', 'k_seen'], ['U', 'k_undo'], ['/', 'k_find'], ['Ctrl K', 'k_find'], ['?', 'k_list']]
  const names = el('dl', { class: 'keys' }, ...lines.flatMap(([key, name]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, say(name))]))
  const close = el('button', { class: 'btn', type: 'button', onclick: () => dialog.close() }, icon('close'), say('close'))
  const dialog = el('dialog', { 'aria-labelledby': 'keys-title' }, el('div', { class: 'sheet-pad' }, el('h2', { id: 'keys-title' }, say('keys')), names, close))
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

function press(key) {
  if (key === 'p' && Date.now() - gone < 1500) {
    open('', 'person')
    return true
  }
  gone = key === 'g' ? Date.now() : 0
  if (PLACES[key]) toPlace(PLACES[key])
  else if (key === 'j') step(1)
  else if (key === 'k') step(-1)
  else if (key === 's') seen()
  else if (key === 'u') document.querySelector('.undo:not([hidden]) button')?.click()
  else if (key === '?') list()
  else return key === 'g'
  return true
}

addEventListener('keydown', (event) => {
  if (event.isComposing || document.querySelector('dialog[open]')) return
  const key = event.key.toLowerCase()
  if (key === 'k' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); open(); return }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select, [contenteditable]')) return
  if (key === '/') { event.preventDefault(); open() } else if (press(key)) event.preventDefault()
})
