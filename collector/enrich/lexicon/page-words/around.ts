/** Words that change nothing about what a page is: articles, “our”, “and”, technical endings. Single letters and numbers are such, too. */
export const FILLERS: ReadonlySet<string> = words(`
  our us we your my me the an and or to for of with at in on by all new page pages site website main html htm php aspx en us uk
  online free business company customer customers team
  der die das den dem ein eine unsere unser unseren uns wir ihr ihre und oder im zu zur von mit seite
  le la les un une de des du nos notre vos votre et ou nous au aux page
  el los las una del nuestros nuestra nuestro tu tus
  il lo gli dei della delle nostri nostro nostra di da per
  het een van voor onze ons jouw uw bij en met
  os as um uma do dos nossos nossa seu com para
  nasze nasi nasza nasz twoje dla na do oraz się
  naše náš naši pro se
  наши нашите нашия нас за на от и в с по для the
  שלנו של את
  och vår våra ja og vores våre
`)

/** They make of a part of a path an article about the matter, wherever they stand: `/how-to-price-software` sells nothing. */
export const TOPIC_WORDS: ReadonlySet<string> = words(`
  how why what when which who where about guide guides tips best top vs versus trends trend strategy strategies strategic
  examples example ideas psychology theory beginners mistakes lessons checklist transparency managing improve increase
  template templates handbook basics myths statistics stats
  lens lenses lentilles lentes lentillas lenti tracing
  wie warum was wann tipps leitfaden strategie strategien beispiele vorlage vorlagen verwaltung
  comment pourquoi conseils stratégie exemples gestion logiciel
  cómo como porque guía consejos estrategia ejemplos gestión
  come perché consigli strategia esempi gestione
  hoe waarom wat voorbeelden beheer
  jak dlaczego co poradnik porady przykłady zarządzanie
  proč příklady řízení
  как защо какво съвети стратегия примери управление
  почему что зачем чем советы чтобы
  як чому поради
  איך למה מה טיפים ניהול
`)

/** They do so at the end: `/pricing-software` is a product, but `/software-pricing` a price. */
export const TOPIC_HEADS: ReadonlySet<string> = words(`
  software tool tools manager management analytics intelligence optimization optimisation automation generator builder model
  models engine consultant consulting analyst analysis war changes history center centre api platform system systems app apps
  policy insurance training course coaching advice solution solutions agency tracking monitoring
`)

/** Languages and countries that sites name in their addresses (`/de`, `/en-gb`), without those that are more often a word (ai, me, pr, tv). */
export const LOCALES: ReadonlySet<string> = words(`
  en de fr es it nl pt pl cs sk bg ru uk he iw ja ko zh ar fa tr el sv da no nb nn fi hu ro hr sl sr bs mk sq lt lv et is ga ca
  eu gl hy ka az kk be hi id ms th vi
  us gb at ch br mx au nz ie in jp cn tw hk sg kr ua cz gr dk se ee si rs il ae za ar cl co lu
`)

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
