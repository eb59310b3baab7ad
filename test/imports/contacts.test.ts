import { describe, expect, it } from 'vitest'
import { currencyIn, dateIn, dateOrderIn, moneyIn } from '../../collector/imports/contacts/cells.ts'
import { columnsOf } from '../../collector/imports/contacts/columns.ts'
import { contactsIn } from '../../collector/imports/contacts/contacts.ts'
import { movesTo, outcomeIn } from '../../collector/imports/contacts/outcome.ts'
import { tableIn } from '../../collector/imports/contacts/table.ts'
import { legalMove } from '../../collector/lifecycle/stages.ts'
import { STAGES } from '../../shared/stages.ts'
import { BULGARIAN, HUBSPOT } from '../support/contacts-csv.ts'

const bytesOf = (text: string): Buffer => Buffer.from(text)
const NOTHING_MAPPED = new Map<string, string>()

function fileOf(text: string, mapped: ReadonlyMap<string, string> = NOTHING_MAPPED) {
  const file = contactsIn(bytesOf(text), mapped)
  if (typeof file === 'string') throw new Error(file)
  return file
}

describe('a CSV file', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['Windows ends and a byte order mark', '\uFEFFa,b\r\n1,2\r\n'],
    ['empty lines and rows', 'a,b\n\n1,2\n,\n'],
    ['Excel’s own first line', 'sep=;\na;b\n1;2\n'],
    ['quotes', '"a","b"\n"1","2"\n'],
  ])('with %s', (_, text) => {
    expect(tableIn(bytesOf(text))).toMatchObject({ header: ['a', 'b'], rows: [{ cells: ['1', '2'] }] })
  })

  it('saved as UTF-16, and lines are counted as in the file', () => {
    expect(tableIn(Buffer.from('\uFEFFa\tb\n"1\n1"\t2\n3\t4\n', 'utf16le'))).toEqual({
      header: ['a', 'b'],
      rows: [
        { cells: ['1\n1', '2'], line: 3 },
        { cells: ['3', '4'], line: 4 },
      ],
    })
  })

  it.each([
    ['bytes of no UTF', Buffer.from([0x61, 0xe8, 0x0a]), 'CSV UTF-8'],
    ['nothing', Buffer.from(''), 'came an empty file'],
    ['a quote that never ends', Buffer.from('a,b\n"1,2\n'), 'expected CSV'],
  ])('is none with %s', (_, bytes, expected) => {
    expect(tableIn(bytes)).toContain(expected)
  })
})

describe('columns', () => {
  const meaningOf = (header: string, others: readonly string[] = []) => {
    const meaning = columnsOf([header, ...others], NOTHING_MAPPED)[0]?.meaning ?? null
    return meaning?.kind === 'trait' ? meaning.trait : (meaning?.kind ?? null)
  }

  it.each([
    [
      'email',
      'Email, E-mail, Email Address, E-Mail-Adresse, Имейл, Электронная почта, Adresse e-mail, Correo electrónico, דוא"ל',
    ],
    ['firstName', 'First Name, firstname, Vorname, Prénom, Nombre de pila, Imię'],
    ['lastName', 'Last Name, Nachname, Фамилия, Apellidos, Cognome'],
    ['company', 'Company, Company Name, Account Name, Associated Company, Firma, Entreprise, Empresa, Фирма'],
    ['jobTitle', 'Job Title, Title, Position, Длъжност, Должность, Stanowisko'],
    ['phone', 'Phone, Phone Number, Mobile Phone, Telefon, Téléphone, Телефон'],
    ['companySize', 'Number of Employees, Employees, Company size'],
    ['country', 'Country, Country/Region, Land, Pays, Държава'],
    [
      'outcome',
      'Lifecycle Stage, Lead Status, Status, Stage, Deal Stage, Opportunity Stage, Статус, Statut, Etapa, Outcome',
    ],
    [
      'createdAt',
      'Create Date, Created, Created At, Person - Person created, Person - Add time, Contact created, Lead created, CreatedDate, Date Added, Erstellt am, Дата на създаване, Date de création',
    ],
    ['updatedAt', 'Last Modified Date, Updated At, Last Modified, Geändert am, Последна промяна'],
    ['closedAt', 'Close Date, Closed Date, Won time, Abschlussdatum, Дата на приключване'],
    ['amount', 'Amount, Deal Value, Recent Deal Amount, Betrag, Сума, Montant, Value'],
    ['currency', 'Currency, Deal Currency, Währung, Валута'],
    ['reason', 'Lost Reason, Closed Lost Reason, Reason, Verlustgrund, Причина'],
    ['userId', 'User ID, userId, External ID'],
    [
      'left_out',
      'Contact owner, Lead Owner, Organization - Organization created, Deal - Deal created, Person - Created by, Deal Name, Lead Source, Notes, Собственик, Email opt-in, Owner email',
    ],
    ['null', 'Record ID, Shoe size, Favourite colour, Custom 3'],
  ])('%s', (expected, headers) => {
    for (const header of headers.split(', '))
      expect([header, String(meaningOf(header))]).toEqual([header, expected])
  })

  it('called name are what the others leave', () => {
    expect(meaningOf('Name')).toBe('fullName')
    expect(meaningOf('Name', ['Vorname'])).toBe('lastName')
    expect(meaningOf('Name', ['Nachname'])).toBe('firstName')
    expect(meaningOf('Name', ['Vorname', 'Nachname'])).toBe('left_out')
  })

  it('are what the owner says', () => {
    const mapped = new Map([
      ['record id', 'userId'],
      ['shoe size', 'shoeSize'],
      ['lead status', '-'],
    ])
    const { columns } = fileOf(HUBSPOT, mapped)
    const meanings = Object.fromEntries(columns.map(({ name, meaning }) => [name, meaning]))
    expect(meanings).toMatchObject({
      'Record ID': { kind: 'userId' },
      'Shoe size': { kind: 'trait', trait: 'shoeSize' },
      'Lead Status': { kind: 'left_out' },
    })
  })

  it('must name people, and be there when they are mapped', () => {
    expect(contactsIn(bytesOf('Name,Company\nA,B\n'), NOTHING_MAPPED)).toMatch(/--map "Column=email"/)
    expect(contactsIn(bytesOf(HUBSPOT), new Map([['e-post', 'email']]))).toMatch(/came "e-post"/)
  })
})

describe('what a CRM says became of a contact', () => {
  it.each([
    [
      'customer',
      'customer, Customer, closedwon, Closed Won, Won, Клиент, Спечелена, Kunde, Gewonnen, client, Klient, evangelist',
    ],
    [
      'disqualified',
      'Unqualified, Not Qualified, Disqualified, Junk Lead, Closed Lost, closedlost, Lost, Closed - Not Converted, Not interested, Загубена, Verloren, perdu, Отказ',
    ],
    ['nurturing', 'Nurturing, BAD_TIMING, Contact in Future, On hold, Not now, No budget'],
    [
      'sales_qualified',
      'SQL, salesqualifiedlead, Opportunity, Qualified, Closed - Converted, Proposal/Price Quote, Negotiation/Review, Angebot, Оферта, Demo Scheduled, contractsent',
    ],
    [
      'sal',
      'Working - Contacted, CONNECTED, IN_PROGRESS, Attempted to Contact, Accepted, Pre Qualified, Contact Made',
    ],
    [
      'null',
      'lead, subscriber, New, Open, Open - Not Contacted, Prospect, Potential customer, MQL, marketingqualifiedlead, Former customer, other',
    ],
  ])('%s', (expected, words) => {
    for (const word of words.split(', ')) {
      const outcome = outcomeIn([word])
      expect([word, String(outcome?.to), outcome?.kind === 'unknown']).toEqual([word, expected, false])
    }
  })

  it.each(['In limbo', '12345', 'Stufe 7', ''])('"%s" is not understood', word => {
    expect(outcomeIn([word])).toMatchObject({ kind: 'unknown', to: null })
  })

  it('is the one of several that says most', () => {
    expect(outcomeIn(['opportunity', 'Closed Lost'])?.to).toBe('disqualified')
    expect(outcomeIn(['Open', 'customer'])?.to).toBe('customer')
    expect(outcomeIn(['In limbo', 'lead'])?.kind).toBe('lead')
    expect(outcomeIn([])).toBeNull()
  })

  it('is reached by legal moves alone, never through mql, and never takes sales back', () => {
    for (const from of STAGES.filter(stage => stage !== 'anonymous'))
      for (const to of ['customer', 'sales_qualified', 'sal', 'nurturing', 'disqualified'] as const) {
        const moves = movesTo(from, to)
        expect(moves.every((move, index) => legalMove(moves[index - 1] ?? from, move))).toBe(true)
        expect(moves).not.toContain('mql')
        expect(moves.length === 0 || moves.at(-1) === to).toBe(true)
      }
    expect(movesTo('lead', 'customer')).toEqual(['sal', 'sales_qualified', 'customer'])
    expect(movesTo('sales_qualified', 'sal')).toEqual([])
    expect(movesTo('customer', 'disqualified')).toEqual([])
    expect(movesTo('disqualified', 'sal')).toEqual(['lead', 'sal'])
  })
})

describe('cells', () => {
  const MARCH_4 = Date.UTC(2026, 2, 4)
  it.each([
    ['2026-03-04', MARCH_4],
    ['2026-03-04 10:30', MARCH_4 + 10.5 * 3_600_000],
    ['2026-03-04T10:30:00+02:00', MARCH_4 + 8.5 * 3_600_000],
    ['2026/03/04', MARCH_4],
    ['04.03.2026', MARCH_4],
    ['4.3.2026 г.', MARCH_4],
    ['04/03/2026', MARCH_4],
    ['04/03/2026 1:30 PM', MARCH_4 + 13.5 * 3_600_000],
    ['Mar 4, 2026', MARCH_4],
    ['04-Mar-2026', MARCH_4],
    [String(MARCH_4), MARCH_4],
    ['04.03.2026 10:00 +02:00', MARCH_4 + 8 * 3_600_000],
    ['04/03/2026 10:00 -0530', MARCH_4 + 15.5 * 3_600_000],
    ['04.03.2026 01:00 UTC+2', MARCH_4 - 3_600_000],
    ['13.03.2026 10:00 +02:00', MARCH_4 + 9 * 86_400_000 + 8 * 3_600_000],
    ['04.03.2026 10:30 ч.', MARCH_4 + 10.5 * 3_600_000],
    ['04.03.2026 12:05 a.m.', MARCH_4 + 5 * 60_000],
    ['Wed, 4 March 2026 10:00:00 +0200', MARCH_4 + 8 * 3_600_000],
    ['Wed Mar 04 2026 10:00:00 GMT+0200 (Eastern European Standard Time)', MARCH_4 + 8 * 3_600_000],
    ['4-Mar-26', MARCH_4],
    ['04.03.2026 10:00 CET', null],
    ['Mar 4, 2026 10:00 CET', null],
    ['04.03.2026 25:61', null],
    ['04.03.2026 13:00 pm', null],
    ['04.03.2026 10:00 +25:00', null],
    ['04.03.2026 in the morning', null],
    ['Feb 31, 2026', null],
    ['may', null],
    ['Q2 mar 3', null],
    [`2026-03-04${' '.repeat(100_000)}\n`, null],
    ['31.02.2026', null],
    ['soon', null],
    ['', null],
  ])('"%s" is a date', (text, expected) => {
    expect(dateIn(text, 'day_first')).toBe(expected)
  })

  it('say themselves whether the month comes first', () => {
    expect(dateOrderIn(['3/4/2026', '3/14/2026'])).toBe('month_first')
    expect(dateOrderIn(['3/4/2026', '14/3/2026'])).toBe('day_first')
    expect(dateOrderIn(['3/4/2026', '14.3.2026'])).toBeNull()
    expect(dateIn('3/4/2026', 'month_first')).toBe(MARCH_4)
    expect(fileOf('email,created\na@b.example,3/4/2026\n').doubtfulDates).toBe(true)
    expect(fileOf('email,created\na@b.example,3/14/2026\n').doubtfulDates).toBe(false)
  })

  it.each([
    ['12,500.00', 12_500, null],
    ['12.500,50', 12_500.5, null],
    ['€ 12 500', 12_500, 'EUR'],
    ['$1,234', 1_234, 'USD'],
    ['99.9', 99.9, null],
    ['12 500,50 лв.', 12_500.5, 'BGN'],
    ['1.000.000 PLN', 1_000_000, 'PLN'],
    ['0', 0, null],
    ['-5', null, null],
    ['much', null, null],
  ])('"%s" is money', (text, amount, currency) => {
    expect([moneyIn(text), currencyIn(text)]).toEqual([amount, currency])
  })
})

describe('contacts', () => {
  it('of HubSpot', () => {
    const { contacts, unknownOutcomes } = fileOf(HUBSPOT)
    expect(contacts[0]).toEqual({
      line: 2,
      user: null,
      traits: {
        firstName: 'Anna',
        lastName: 'Schmidt',
        email: 'Anna.Schmidt@globex.example',
        phone: '+49 30 1234567',
        company: 'Globex GmbH',
        jobTitle: 'Leiterin Marketing',
        companySize: '201-500',
      },
      createdAt: Date.UTC(2025, 2, 1, 9, 12),
      updatedAt: null,
      closedAt: Date.UTC(2025, 5, 30),
      outcome: { kind: 'customer', to: 'customer', word: 'customer' },
      amount: 12_500,
      currency: 'EUR',
      reason: null,
    })
    expect(contacts.map(({ outcome }) => outcome?.to ?? null)).toEqual([
      ...['customer', 'sales_qualified', null, 'disqualified', 'nurturing', null, null],
    ])
    expect(unknownOutcomes).toEqual({ 'In limbo': 1 })
  })

  it('of a Bulgarian spreadsheet', () => {
    const { contacts } = fileOf(BULGARIAN)
    expect(contacts[0]).toMatchObject({
      traits: { fullName: 'Мария Иванова', email: 'maria@primer-firma.example', company: 'Фирма ООД' },
      ...{
        createdAt: Date.UTC(2025, 1, 1),
        closedAt: Date.UTC(2025, 2, 15),
        amount: 12_500.5,
        currency: 'BGN',
      },
      outcome: { to: 'customer' },
    })
    expect(contacts[1]?.outcome?.to).toBe('disqualified')
  })

  it.each([
    ['ada@acme.example, bob@acme.example', 'ada@acme.example'],
    ['ada@acme.example;bob@acme.example', 'ada@acme.example'],
    [' ada@acme.example\nbob@acme.example', 'ada@acme.example'],
    ['Work: ada@acme.example | bob@acme.example', 'ada@acme.example'],
    ['ada@acme.example', 'ada@acme.example'],
    ['odd address', 'odd address'],
    ['ada byron@acme.example', 'ada byron@acme.example'],
  ])('have of the addresses in %j the first', (cell, email) => {
    expect(fileOf(`Name,Email\nAda,"${cell}"\n`).contacts[0]?.traits.email).toBe(email)
  })

  it('hold nothing that could reach a prototype', () => {
    const { contacts } = fileOf('email,x\na@b.example,1\n', new Map([['x', '__proto__']]))
    expect(Object.keys(contacts[0]?.traits ?? {})).toEqual(['email'])
  })
})
