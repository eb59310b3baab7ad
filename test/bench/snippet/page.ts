/**
 * A page as B2B sites have them: some hundred nodes, navigation, prices, a table, two forms, downloads and outbound
 * links. It has no script but the tracker's, so that all script work in it is the tracker's doing.
 */
export const pageWith = (tag: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Acme Cloud – plans and prices</title><meta name="viewport" content="width=device-width">
<link rel="canonical" href="/pricing"><link rel="icon" href="data:,">
<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:auto}nav a{margin-right:1rem}section{padding:3rem 0}
li{padding:.4rem 0}table{width:100%}label{display:block}</style>${tag}</head><body>
<header><nav>${times(12, n => `<a href="/page-${n}">Section ${n}</a>`)}</nav></header>
<main><h1>Plans that grow with you</h1>
${times(8, section)}
<table><tbody>${times(24, row)}</tbody></table>
${contactForm}${newsletterForm}</main>
<footer>${times(10, n => `<a href="https://partner-${n}.example/">Partner ${n}</a> `)}
${times(4, n => `<a href="/files/white-paper-${n}.pdf"><span>White paper ${n}</span></a> `)}</footer></body></html>`

const times = (count: number, part: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => part(n)).join('')

const section = (n: number): string =>
  `<section id="s${n}"><h2>Reason ${n}</h2><p>Teams of every size bring their data together, see what matters and act on
  it. No consultants, no lock-in, and prices that fit on one page.</p><ul>${times(
    6,
    item => `<li><b>Feature ${n}.${item}</b> <span>included from the Team plan on</span></li>`,
  )}</ul></section>`

const row = (n: number): string =>
  `<tr><th scope="row">Limit ${n}</th><td>${n * 10}</td><td>${n * 100}</td><td>unlimited</td></tr>`

const contactForm = `<form id="demo-request" action="/thanks" method="post"><h2>Ask for a demo</h2>
<label>Work e-mail <input type="email" name="email" autocomplete="email" required></label>
<label>First name <input name="first_name" autocomplete="given-name"></label>
<label>Last name <input name="last_name" autocomplete="family-name"></label>
<label>Company <input name="company" autocomplete="organization"></label>
<label>Phone <input type="tel" name="phone" autocomplete="tel"></label>
<label>Job title <input name="job_title"></label>
<label>Employees <select name="size"><option>1–10</option><option>11–200</option><option>more</option></select></label>
<label>How can we help? <textarea name="message"></textarea></label>
<label><input type="checkbox" name="terms" required> I agree to the terms</label>
<input type="hidden" name="csrf_token" value="3f1c9a"><button>Send</button></form>`

const newsletterForm = `<form id="newsletter" action="/thanks"><label>Newsletter
<input type="email" name="email" autocomplete="email"></label><button>Subscribe</button></form>`
