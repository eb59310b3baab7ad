/** What stands in the place of a person and is none: such an address or id must never join people (collector.md, Identity). */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Mailboxes that nobody reads, at any domain. */
const NOBODYS_MAILBOXES = words(`
  noreply no-reply no_reply no.reply donotreply do-not-reply do_not_reply do.not.reply dontreply dont-reply noreplies
  ne-pas-repondre nepasrepondre no-responder noresponder nao-responda naoresponda non-rispondere nonrispondere
  mailer-daemon mailerdaemon bounce bounces nobody anonymous anonymus anonym anonymous.user anon null undefined none nil
  nan void n.a no-one noone unknown noemail no-email no_email no.email nomail no-mail no_mail notavailable not-available
  notprovided not-provided invalid dummy fake fakeemail fake.email notmyemail nospam no-spam noname donotemail
`)

/** Words typed to get past a form: nobody's address at a domain of the same word, of another of them, or at a free provider. */
const FILLERS = words(`
  test test1 test2 test12 test123 test1234 tests tester testing testtest testuser test.test test-test asd asdf asdfg asdfgh asdfghjkl
  asdasd asdfasdf sdf sdfsdf dfg fgh ghj jkl jkjk qwe qwer qwert qwerty qwertz azerty qweqwe zxc zxcv zxcvbn qaz qazwsx
  фыва фыв йцукен йцу явр явер тест тестов проба na no nope email e-mail mail example sample demo abc abcd abcdef xyz foo bar
  baz foobar blah blabla bla temp tmp trash spam user name 123 1234 12345 123456 1234567 12345678 123456789 1234567890
  me admin whatever none null fake prueba prova teste proba essai
`)

/** The patterns of addresses that forms show and integrations forget to replace. */
const SAMPLE_MAILBOXES = words(`
  hello hi you your yours yourname your.name your-name your_name youremail your.email your-email your_email yourmail your.mail
  yourcompany youraddress my me myname my.name myemail my.email mymail username user.name user-name user_name first last
  first.last firstlast firstname lastname firstname.lastname firstname_lastname firstnamelastname first_last first_name
  last_name name.surname name.lastname surname someone somebody anyone person contact info customer client recipient sender
  emailaddress email.address email_address address john jane johndoe john.doe janedoe jane.doe john_doe jane_doe jdoe j.doe
  johnsmith john.smith joe joe.bloggs max.mustermann maxmustermann erika.mustermann mustermann vorname.nachname vorname
  nachname ihre.email ihre ihrname name.nachname prenom.nom prenom nom votre.email votrenom jean.dupont nombre
  nombre.apellido tucorreo tu.correo correo nome nome.cognome nome.sobrenome seuemail seu.email mario.rossi mariorossi
  voornaam.achternaam naam jan.jansen imie.nazwisko imie nazwisko jan.kowalski jankowalski twojemail twoj.email ime
  ime.familia ivan.ivanov ivanivanov имя почта имейл ваш ваше.имя вашаящик israel.israeli courriel
`)

/** Domains of samples; a person may work at some, so only a sample's or a filler's mailbox there is nobody's. */
const SAMPLE_DOMAINS = words(`
  domain mydomain somedomain anydomain example examples sample company mycompany somecompany acmecompany email mail mymail
  site website mysite host server test tests testing tester demo fake somewhere foo bar baz abc xyz aaa xxx doe address
  business corp organization org firma beispiel musterfirma mustermann domaene exemple entreprise societe domaine ejemplo
  empresa dominio correo esempio azienda voorbeeld bedrijf domein exemplo przyklad domena primer poshta пример почта фирма
  домен mailtest testmail testcompany localhost
`)

/** Domains that say themselves that they are nobody's. */
const NOBODYS_DOMAINS = words(`
  null none undefined nil noemail no-email nomail no-mail noreply no-reply nowhere noone nobody noway unknown invalid
  yourdomain your-domain yourcompany your-company youremail your-email yourmail yoursite your-site yourwebsite yourorg
  yourbusiness tudominio tuempresa tucorreo votredomaine votre-domaine votreentreprise ihredomain ihre-domain ihrefirma
  twojadomena twojafirma seudominio suaempresa tuodominio tuazienda uwdomein uwbedrijf domain-name notreal nospam asdf asdasd
  qwerty qwe asd dummy anonymous
`)

const FREE_PROVIDERS = words(`
  gmail googlemail yahoo hotmail outlook live icloud aol proton protonmail gmx web abv mail dir wp o2 onet interia yandex
  rambler bk list inbox walla freenet t-online libero orange free laposte wanadoo seznam ukr zoho msn
`)

/** `.example` is where our documentation's companies live (RFC 2606 §2), so it counts as any other ending. */
const NO_ENDINGS = words('invalid localhost local localdomain internal tld')

/** Whether an address, lower case, can be no person's: a sample, a filler, or a mailbox that nobody reads. */
export function isPlaceholderEmail(email: string): boolean {
  const at = email.lastIndexOf('@')
  const mailbox = email.slice(0, at).replace(/\+.*$/, '')
  const labels = email.slice(at + 1).split('.')
  const [company = '', ending = ''] = [labels[0], labels.at(-1)]
  if (NOBODYS_MAILBOXES.has(mailbox) || NO_ENDINGS.has(ending)) return true
  if (ending === 'example') return FILLERS.has(mailbox) && mailbox === company
  return NOBODYS_DOMAINS.has(company) || isFilledIn(mailbox, company) || isSample(mailbox, company)
}

/** `test@test.com`, `asd@qwe.com`, `aaa@bb.com`, `test@gmail.com`: what fingers type to be let through. */
function isFilledIn(mailbox: string, company: string): boolean {
  if (isRepeated(mailbox) && isRepeated(company)) return mailbox.length > 1 || mailbox === company
  return FILLERS.has(mailbox) && (FILLERS.has(company) || FREE_PROVIDERS.has(company))
}

const isSample = (mailbox: string, company: string): boolean =>
  SAMPLE_DOMAINS.has(company) && (FILLERS.has(mailbox) || SAMPLE_MAILBOXES.has(mailbox))

/** One character over and over; of one character too. */
const isRepeated = (text: string): boolean => /^(.)\1*$/u.test(text)
