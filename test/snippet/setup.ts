/** A bundled snippet, which the tests import, finds its settings on a script of the page. */
const tag = document.createElement('script')
Object.assign(tag, { type: 'text/plain', src: 'https://go.example/goldpan.js' })
Object.assign(tag.dataset, { site: 'pk_test_unit', params: 'plan' })
document.documentElement.append(tag)
