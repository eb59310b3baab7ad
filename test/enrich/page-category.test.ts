import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { lensOf } from '../../collector/enrich/lens.ts'
import { PAGE_CATEGORIES, type PageCategory } from '../../collector/enrich/lexicon/page-words/categories.ts'
import { pageCategory } from '../../collector/enrich/page-category.ts'
import { readUrl } from '../../collector/enrich/pages.ts'
import { modelIn } from '../models/sample.ts'
import { EXAMPLE } from '../support/model.ts'

const GOLDPAN_YAML = new URL('../../goldpan.yaml', import.meta.url)
const DOC = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8')

function categoryOf(address: string): PageCategory | null {
  const reading = readUrl(encodeURI(address))
  if (reading === null) throw new Error(`${address} is no URL`)
  return pageCategory(reading.host, reading.path)
}

const on = (path: string) => categoryOf(`https://www.acme.example${path}`)

/** Paths that are not read as they should be. */
const misread = (paths: string, expected: PageCategory | null) =>
  paths.split(' ').filter(path => on(path) !== expected)

const BY_CATEGORY: Readonly<Record<PageCategory, string>> = {
  pricing:
    '/pricing /plans-and-pricing /products/access/pricing /pricing/marketing.html /preise-und-tarife /tarifs /precios ' +
    '/prezzi /costi /tarieven /preços /cennik /ceník /цени /цены /тарифи /מחירון /料金プラン /priser /hinnasto /fiyatlar',
  case_study:
    '/customers/halden /case-studies /success-stories /kundenstimmen /études-de-cas /histoires-clients /casos-de-exito /casi-studio ' +
    '/klantverhalen /casos-de-sucesso /nasi-klienci /připadové-studie /клиенти /кейсы /סיפורי-הצלחה /導入事例',
  features:
    '/features /product/analytics /solutions/retail /how-it-works /funktionen /fonctionnalités /funcionalidades ' +
    '/funzionalità /producten /funkcje /funkce /възможности /возможности /תכונות /機能',
  integrations:
    '/integrations/slack /product/integrations /schnittstellen /intégrations /integracje /интеграции /連携',
  demo: '/request-a-demo /book-demo /demo-anfordern /demander-une-demo /solicitar-demo /umow-demo /заявка-за-демо /הדגמה',
  trial:
    '/free-trial /sign-up /kostenlos-testen /essai-gratuit /prueba-gratis /rejestracja /регистрация /無料トライアル',
  contact:
    '/contact-us /company/contact /kontaktformular /contactez-nous /contacto /contatti /fale-conosco ' +
    '/skontaktuj-się /контакти /контакты /צור-קשר /お問い合わせ',
  careers:
    '/careers/pricing-manager /company/careers /about/working-at-acme /engineering-jobs /jobs-und-karriere /recrutement /empleo /lavora-con-noi /vacatures ' +
    '/trabalhe-conosco /oferty-pracy /volna-mista /кариери /вакансии /кар’єра /משרות /採用情報',
  blog: '/blog/pricing /insights /news/case-study /2024/05/pricing /aktuelles /actualités /noticias /novinky /новини /статьи /בלוג',
  resources:
    '/resources /glossary /guides/pricing /pricing-guide /ressourcen /recursos /materiały /ресурси /материалы',
  webinar: '/webinars /resources/webinars/pricing /webinare /webinary /уебинари /вебинары /ウェビナー',
  docs: '/docs/pricing /developers /api-reference /dokumentation /dokumentacja /документация /ドキュメント',
  support: '/help /faq/pricing /hc/en-us/articles/1 /hilfe /aide /pomoc /помощ /שאלות-נפוצות /よくある質問',
  about:
    '/about /company /our-team /über-uns /à-propos /quienes-somos /chi-siamo /over-ons /o-nas /за-нас /о-компании /אודות /会社概要',
  legal:
    '/privacy-policy /legal/terms /impressum /datenschutz /mentions-légales /note-legali /regulamin ' +
    '/общи-условия /политика-конфиденциальности /תנאי-שימוש /利用規約',
  login: '/login /users/sign_in /logowanie /connexion /вход /התחברות /ログイン',
  security: '/security /trust-center /sicherheit /безопасность',
  partners: '/partners /become-a-partner /partner-werden /partenaires /партньори',
  compare: '/compare/acme-and-rival /alternatives /vergleich /porównanie /сравнение',
  terms:
    '/delivery /payment-methods /versand-und-zahlung /livraison /dostawa-i-płatność /warunki-dostawy /lieferbedingungen /доставка-и-оплата',
  basket: '/cart /shop/cart /warenkorb /panier /koszyk /количка /корзина',
  services: '/services/branding /leistungen /usługi /услуги /servizi',
  portfolio: '/portfolio /our-work /realizacje /проекти',
  home: '/ /en/ /de-at /index.html',
}

describe('what a page is by its path', () => {
  test.each(PAGE_CATEGORIES)('%s, in many languages', category => {
    expect(misread(BY_CATEGORY[category], category)).toEqual([])
  })

  test('however Cyrillic is written in Latin letters', () => {
    expect(misread('/ceni /tseni /ceny /tseny /czeny /tarify /tarifi /prajs-list', 'pricing')).toEqual([])
    expect(misread('/kontakti /kontakty /svyazatsya-s-nami', 'contact')).toEqual([])
    expect(misread('/o-kompanii /za-nas', 'about')).toEqual([])
    expect(misread('/vakansii /karieri', 'careers')).toEqual([])
  })

  test('however an umlaut or an accent is', () => {
    expect(misread('/über-uns /ueber-uns /uber-uns', 'about')).toEqual([])
    expect(misread('/tarification /etudes-de-tarification', 'pricing')).toEqual([])
  })

  test('with or without hyphens, file endings, languages, case', () => {
    expect(
      misread(
        '/ContactUs /contactus.aspx /en-gb/contact_us/ /de/kontakt.html /fr/contact/index.php',
        'contact',
      ),
    ).toEqual([])
  })
})

describe('what a page is not', () => {
  test('an article is what its folder says, whatever it is about', () => {
    expect(
      misread(
        '/blog/book-a-demo /news/careers /insights/our-customer-story /de/blog/preise-erhoehen',
        'blog',
      ),
    ).toEqual([])
    expect(misread('/resources/careers /resources/contact /library/pricing', 'resources')).toEqual([])
  })

  test('a job, a customer, a feature may be called like anything', () => {
    expect(misread('/jobs/blog-editor /karriere/demo-ingenieur', 'careers')).toEqual([])
    expect(misread('/customers/pricing-experts', 'case_study')).toEqual([])
    expect(
      misread(
        '/features/contact-management /solutions/security /use-cases/careers-sites /features/fleet-pricing',
        'features',
      ),
    ).toEqual([])
  })

  test('a part of a path that is about a matter is not the matter', () => {
    const paths =
      '/how-to-price-your-software /acme-pricing-oslo /acme-opens-three-more-offices-pricing /10-pricing-strategies /what-is-a-case-study /contact-center /pricing-software ' +
      '/help-desk-software /blog-post-generator /webinar-software /warum-preise-steigen /как-определить-цены'
    expect(misread(paths, null)).toEqual([])
  })

  test('but what it is of stands before it', () => {
    expect(misread('/software-pricing /it-department-pricing /pricing-teams', 'pricing')).toEqual([])
  })

  test('a word within a word, or a plain word among others, is none', () => {
    expect(
      misread(
        '/demolition /blogger-outreach /floor-plans /action-plan /team-lunch /supporters /logistics',
        null,
      ),
    ).toEqual([])
  })

  test('lenses are worn, and reach nobody', () => {
    expect(
      misread('/contact-lenses /contact-lens /lentilles-de-contact /lenti-a-contatto /contact-tracing', null),
    ).toEqual([])
    expect(misread('/contact /contact-sales /lenses/contact', 'contact')).toEqual([])
  })

  test('what says nothing is nothing', () => {
    expect(misread('/x /12345 /thank-you /2024 /%zz /ai /oc-ac', null)).toEqual([])
  })
})

describe('the host', () => {
  test.each([
    ['https://docs.acme.example/pricing', 'docs'],
    ['https://help-eu.acme.example/articles/7', 'support'],
    ['https://jobs.acme.co.uk/career/about-us', 'careers'],
    ['https://blog.acme.example/', 'blog'],
    ['https://resources.acme.example/webinars', 'webinar'],
  ])('%s is %s', (address, expected) => {
    expect(categoryOf(address)).toBe(expected)
  })

  test.each([
    ['a company’s name is no part of it', 'https://www.support.com/pricing', 'pricing'],
    ['a product’s machine says nothing', 'https://demo.acme.example/x', null],
    ['nor has it a home page', 'https://app.acme.example/', null],
    ['a language is none', 'https://de.acme.example/', 'home'],
    ['none is needed', '/pricing', 'pricing'],
    ['a number will do', 'http://192.0.2.1/pricing', 'pricing'],
  ])('%s', (_, address, expected) => {
    expect(categoryOf(address)).toBe(expected)
  })
})

test('goldpan.yaml and the defaults agree about every path that it names', () => {
  const { pages } = modelIn(readFileSync(GOLDPAN_YAML, 'utf8'))
  const differing = pages.flatMap(({ name, globs }) =>
    globs.map(plainestMatch).filter(path => on(path) !== name),
  )
  expect(pages.length).toBeGreaterThan(10)
  expect(differing).toEqual([])
})

/** A language for a part of its own, nothing for other stars. */
const plainestMatch = (glob: string): string =>
  glob.replace('/**', '').replace('/*/', '/en/').replaceAll('*', '')

test('docs/model.md names every category, with paths that are read so', () => {
  const rows = DOC.matchAll(/^\| `(\w+)` +\| (.*`\/.*`) +\|$/gm)
  const shown = [...rows].map(([, name = '', paths = '']) => ({ name, paths: paths.match(/\/[^`]*/g) ?? [] }))
  expect(shown.map(({ name }) => name).toSorted()).toEqual([...PAGE_CATEGORIES].toSorted())
  expect(shown.flatMap(({ name, paths }) => paths.filter(path => on(path) !== name))).toEqual([])
})

test('the owner’s patterns go first, and are all there is where they match', () => {
  const { url } = lensOf({ ...EXAMPLE, pages: [{ name: 'money', globs: ['/pricing/**', '/blog/prices'] }] })
  expect(url('https://acme.example/pricing/teams').category).toBe('money')
  expect(url('https://acme.example/blog/prices').category).toBe('money')
  expect(url('https://acme.example/blog/other').category).toBe('blog')
  expect(url('https://acme.example/en/pricing').category).toBe('pricing')
})
