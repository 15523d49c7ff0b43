// What the modules share: the page's words and addresses, the server's clock, the polite voice, regions.
// Each module does one thing and leaves the rest alone; none of them is needed to record anything.
const meta = document.querySelector('meta[name="milieu"]')
export const at = meta ? meta.dataset : {}
const words = meta ? JSON.parse(meta.dataset.words) : {}

export const say = (name, values = {}) =>
  (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '')

export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)]

export const csrf = () => document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? ''

// The tablet's own clock may be wrong by minutes, which would make every countdown wrong: count from the server's.
let ahead = 0
export function readServerClock() {
  const shown = document.querySelector('[data-now]')?.getAttribute('datetime')
  if (shown) ahead = Date.parse(shown) - Date.now()
}
readServerClock()
export const now = () => Date.now() + ahead

// The house's wall clock, wherever the tablet believes to be.
const wall = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: at.zone || undefined })
export const hhmm = (ms) => wall.format(ms)

// At most one polite message in five seconds; what comes meanwhile is said together.
let pending = []
let spoke = 0
export function speak(sentence) {
  if (!sentence || pending.includes(sentence)) return
  pending.push(sentence)
  if (pending.length > 1) return
  setTimeout(() => {
    const voice = document.getElementById('say')
    if (voice) voice.textContent = pending.length > 3 ? say('changes', { n: pending.length }) : pending.join(' ')
    pending = []
    spoke = Date.now()
  }, Math.max(200, spoke + 5000 - Date.now()))
}

// Whether two fragments say the same. The form token is masked anew in every answer, so it is made alike first.
export function same(old, fresh) {
  for (const token of $$('input[name="csrfmiddlewaretoken"]', fresh)) token.setAttribute('value', csrf())
  return old.isEqualNode(fresh)
}

// Put `fresh` in the place of `old` and keep the reader's place: focus by id, open details, scroll inside.
export function swap(old, fresh) {
  if (same(old, fresh)) return false
  const active = document.activeElement
  const id = old.contains(active) ? active.id : ''
  const opened = $$('details[open][id]', old).map((d) => d.id)
  const scrolled = $$('[data-scroll][id]', old).map((s) => [s.id, s.scrollTop, s.scrollLeft])
  old.replaceWith(fresh)
  for (const d of opened) document.getElementById(d)?.setAttribute('open', '')
  for (const [s, top, left] of scrolled) document.getElementById(s)?.scrollTo(left, top)
  if (id) document.getElementById(id)?.focus({ preventScroll: true })
  return true
}

// Take every region of this page out of `html` (a whole page or a fragment). Returns how many were found.
export function takeRegions(html, only) {
  const got = new DOMParser().parseFromString(html, 'text/html')
  let found = 0
  for (const old of $$('[data-region]')) {
    if (only && !only.includes(old.dataset.region)) continue
    const fresh = got.querySelector(`[data-region="${old.dataset.region}"]`)
    if (!fresh) continue
    found += 1
    swap(old, document.adoptNode(fresh))
  }
  const title = got.querySelector('title')
  if (found && title && got.querySelector('main')) document.title = title.textContent
  if (found) {
    readServerClock()
    document.dispatchEvent(new CustomEvent('milieu:swapped'))
  }
  return found
}

// Strips and lists that scroll begin at what is now.
export function showNow() {
  for (const strip of $$('[data-scroll]')) {
    const here = strip.querySelector('[aria-current]')
    if (!here) continue
    const [outer, inner] = [strip.getBoundingClientRect(), here.getBoundingClientRect()]
    if (inner.left < outer.left || inner.right > outer.right) strip.scrollLeft += inner.left - outer.left - 24
    if (inner.top < outer.top || inner.bottom > outer.bottom) strip.scrollTop += inner.top - outer.top - 60
  }
}
document.addEventListener('milieu:swapped', showNow)
// A browser leaves what has the keyboard half outside a strip once a corner of it shows.
document.addEventListener('focusin', (event) => {
  if (event.target.closest('[data-scroll]')) event.target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
})
document.fonts?.ready.then(showNow)
showNow()

export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value)
    else if (value !== false) made.setAttribute(name, value === true ? '' : value)
  }
  made.append(...children)
  return made
}

const sprite = document.querySelector('.top-mark use')?.getAttribute('href')?.split('#')[0]
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', `i i-${name}`)
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `${sprite}#${name}`)
  svg.append(use)
  return svg
}
