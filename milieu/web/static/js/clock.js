// The clock in the top bar, and every countdown: each second below five minutes, each minute above.
// <span data-due="ISO" data-name="Tom"> shows minutes; data-style="clock" shows 4:12. Says five, two and nought once.
import { $$, hhmm, now, say, speak } from './page.js'

const said = new Set()

function minutesLeft(left) {
  if (left < 0) return say('late', { n: Math.max(1, Math.floor(-left / 60000)) })
  const minutes = Math.ceil(left / 60000)
  return minutes < 60 ? say('min', { n: minutes }) : say('hours', { h: Math.floor(minutes / 60), n: minutes % 60 })
}

function clockLeft(left) {
  if (left < 0 || left >= 60 * 60000) return minutesLeft(left)
  const seconds = Math.floor(left / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function announce(element, due, left) {
  const name = element.dataset.name
  if (!name) return
  for (const [minutes, word] of [[5, 'five'], [2, 'two'], [0, 'zero']]) {
    const gone = minutes * 60000 - left
    const key = `${name} ${due} ${minutes}`
    if (gone < 0 || gone > 1500 || said.has(key)) continue
    said.add(key)
    speak(say(word, { name }))
  }
}

// A row changes its dress when it becomes due or late; the shape (ring or solid square) comes with the next fragment.
function dress(element, left) {
  const status = element.closest('.status')
  if (!status || status.classList.contains('late')) return
  const soon = Number(element.dataset.soon ?? 5) * 60000
  status.classList.toggle('due', left < soon)
  status.closest('.person')?.classList.toggle('is-due', left < soon)
  const whole = Number(element.dataset.every ?? 0) * 60000
  const ring = status.querySelector('.ring .left')
  if (ring && whole) ring.setAttribute('stroke-dasharray', `${Math.max(0, (50.27 * left) / whole).toFixed(1)} 50.3`)
}

let timer = 0
export function tick() {
  clearTimeout(timer)
  if (document.hidden) return
  const moment = now()
  const top = document.querySelector('[data-now]')
  if (top && top.textContent !== hhmm(moment)) top.textContent = hhmm(moment)
  let next = 60000 - (moment % 60000)
  for (const element of $$('[data-due]')) {
    const due = Date.parse(element.dataset.due)
    const left = due - moment
    const text = element.dataset.style === 'clock' ? clockLeft(left) : minutesLeft(left)
    if (element.textContent !== text) element.textContent = text
    dress(element, left)
    announce(element, due, left)
    if (left < 301000 || (element.dataset.style === 'clock' && left < 3600000)) next = Math.min(next, 1000 - (moment % 1000))
    else next = Math.min(next, 1 + (left % 60000))
  }
  timer = setTimeout(tick, Math.max(50, next))
}

document.addEventListener('milieu:swapped', tick)
document.addEventListener('visibilitychange', tick)
tick()
