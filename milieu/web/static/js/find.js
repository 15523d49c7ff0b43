// Find or do: Ctrl/Cmd K or "/", one list from an index fetched once, verbs first. Enter does it, Esc goes back.
// An entry: {kind, title, hint, url, words, keys}. Single-letter keys are in keys.js.
import { at, csrf, el, icon, say } from './page.js'

const GLYPH = { do: 'plus', person: 'person', place: 'door', words: 'speech', page: 'arrow' }
const RANK = { do: 0, person: 1, place: 2, words: 3, page: 4 }
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const RECENT = 'milieu recent'
let index = null

async function load() {
  if (index) return index
  const answer = await fetch(at.find, { credentials: 'same-origin', headers: { Accept: 'application/json' } })
  if (!answer.ok || answer.redirected) return []
  const entries = (await answer.json()).entries
  index = entries.map((e) => ({ ...e, seek: ` ${plain(`${e.title} ${e.words ?? ''}`)}` }))
  return index
}

// Every word typed must begin a word of the entry; the title's own beginning counts more than its other words.
export function search(entries, typed) {
  const asked = plain(typed).split(/\s+/).filter(Boolean)
  const found = []
  for (const entry of entries) {
    if (!asked.every((word) => entry.seek.includes(` ${word}`))) continue
    const starts = plain(entry.title).startsWith(asked[0]) ? 0 : 10
    found.push([starts + (RANK[entry.kind] ?? 5), entry])
  }
  return found.sort((a, b) => a[0] - b[0]).slice(0, 12).map((pair) => pair[1])
}

function recent(entries) {
  const urls = JSON.parse(sessionStorage.getItem(RECENT) || '[]')
  const mine = urls.map((url) => entries.find((e) => e.url === url)).filter(Boolean)
  return [...mine, ...entries.filter((e) => e.kind === 'page' && !mine.includes(e))].slice(0, 10)
}

function go(entry) {
  const urls = [entry.url, ...JSON.parse(sessionStorage.getItem(RECENT) || '[]').filter((u) => u !== entry.url)]
  sessionStorage.setItem(RECENT, JSON.stringify(urls.slice(0, 5)))
  location.assign(entry.url)
}

function row(entry, n) {
  const key = entry.keys ? el('kbd', {}, entry.keys) : ''
  const words = el('div', {}, el('b', {}, entry.title), ' ', el('span', {}, entry.hint ?? ''))
  const made = el('li', { role: 'option', id: `found-${n}`, 'aria-selected': String(n === 0) }, icon(GLYPH[entry.kind] ?? 'arrow'), words, key)
  made.addEventListener('click', () => go(entry))
  return made
}

// Nothing found may be a question worth keeping: it goes to the team's list as it was typed.
function askTeam(typed) {
  const fields = { csrfmiddlewaretoken: csrf(), kind: 'question', words: typed }
  const form = el('form', { method: 'post', action: logAddress(), 'data-act': true, hidden: true },
    ...Object.entries(fields).map(([name, value]) => el('input', { type: 'hidden', name, value })))
  document.body.append(form)
  form.requestSubmit()
}
const logAddress = () => document.querySelector('[data-place="log"]')?.getAttribute('href')

// With `kind` only entries of that kind: all of them, until something is typed.
export async function open(start = '', kind = '') {
  if (document.querySelector('dialog[open]')) return
  const before = document.activeElement
  const field = el('input', { type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'found', 'aria-label': say('find'), autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' })
  field.value = start
  const list = el('ul', { role: 'listbox', id: 'found', 'aria-label': say('find') })
  const nothing = el('p', { role: 'status', hidden: true })
  const ask = el('button', { class: 'btn palette-ask', type: 'button', hidden: true, onclick: () => { dialog.close(); askTeam(field.value.trim()) } }, say('ask'))
  const close = el('button', { class: 'btn btn-round', type: 'button', 'aria-label': say('close'), onclick: () => dialog.close() }, icon('close'))
  const dialog = el('dialog', { class: 'palette', 'aria-label': say('find') }, el('div', { class: 'palette-field' }, icon('search'), field, close), list, nothing, ask)
  let shown = []
  let chosen = 0
  const choose = (n) => {
    chosen = Math.max(0, Math.min(n, shown.length - 1))
    ;[...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === chosen)))
    list.children[chosen]?.scrollIntoView({ block: 'nearest' })
    if (shown.length) field.setAttribute('aria-activedescendant', `found-${chosen}`)
    else field.removeAttribute('aria-activedescendant')
  }
  const draw = (entries) => {
    const typed = field.value.trim()
    shown = typed ? search(entries, typed) : kind ? entries : recent(entries)
    list.replaceChildren(...shown.map(row))
    nothing.hidden = Boolean(shown.length) || !typed
    ask.hidden = nothing.hidden || !logAddress()
    nothing.textContent = say('nothing', { words: typed })
    choose(0)
  }
  field.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) { event.preventDefault(); choose(chosen + step) }
    if (event.key === 'Enter' && shown[chosen]) { event.preventDefault(); go(shown[chosen]) }
  })
  dialog.addEventListener('close', () => { dialog.remove(); before?.focus?.() })
  document.body.append(dialog)
  dialog.showModal()
  field.focus()
  const all = await load()
  const entries = kind ? all.filter((entry) => entry.kind === kind) : all
  field.addEventListener('input', () => draw(entries))
  draw(entries)
}

const button = document.getElementById('find')
button?.addEventListener('click', (event) => { event.preventDefault(); open() })
for (const near of ['pointerenter', 'focus']) button?.addEventListener(near, () => load(), { once: true })
