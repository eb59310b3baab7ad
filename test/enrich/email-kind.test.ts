import { describe, expect, test } from 'vitest'
import { readEmailDomain } from '../../collector/enrich/email-kind.ts'

const kindOf = (domain: string) => readEmailDomain(domain).kind

describe('mailboxes that name a person and no company', () => {
  test.each([
    ['the largest', 'gmail.com outlook.com icloud.com aol.com proton.me'],
    [
      'brands in any country',
      'yahoo.co.uk yahoo.ro hotmail.it hotmail.co.il outlook.fr gmx.at live.se msn.com',
    ],
    ['Bulgaria', 'abv.bg mail.bg dir.bg'],
    ['Poland', 'wp.pl o2.pl onet.pl op.pl vp.pl poczta.onet.pl interia.pl interia.eu tlen.pl gazeta.pl'],
    ['Czechia and Slovakia', 'seznam.cz email.cz centrum.cz post.cz volny.cz azet.sk zoznam.sk centrum.sk'],
    ['Hungary and Romania', 'freemail.hu citromail.hu indamail.hu t-online.hu k.ro'],
    ['Ukraine', 'ukr.net i.ua meta.ua bigmir.net online.ua'],
    [
      'Russia and Belarus',
      'mail.ru bk.ru list.ru inbox.ru internet.ru ya.ru yandex.ru yandex.by rambler.ru tut.by',
    ],
    ['Israel', 'walla.co.il walla.com bezeqint.net 012.net.il zahav.net.il'],
    ['the Balkans and the Baltics', 'net.hr siol.net eunet.rs mail.ee hot.ee inbox.lv inbox.lt one.lt'],
    ['customers of an access provider', 't-online.de comcast.net orange.fr libero.it ziggo.nl telenet.be'],
    ['addresses that forward', 'duck.com mozmail.com privaterelay.appleid.com'],
  ])('%s', (_, domains) => {
    expect(domains.split(' ').filter(domain => kindOf(domain) !== 'free')).toEqual([])
  })
})

test.each([
  'mailinator.com',
  'box.mailinator.com',
  'yopmail.fr',
  'guerrillamail.com',
  '10minutemail.com',
  'maildrop.cc',
])('%s is thrown away', domain => {
  expect(readEmailDomain(domain)).toEqual({ kind: 'disposable', companyDomain: null })
})

describe('companies', () => {
  test.each([
    'acme.example',
    'siemens.com',
    'sap.com',
    'dell.com',
    'telekom.de',
    'telerik.com',
    'pkobp.pl',
    'yandex-team.ru',
    'wix.com',
    'mailchimp.com',
    'hotmailer.example',
  ])('%s is one', domain => {
    expect(kindOf(domain)).toBe('company')
  })

  test('is known by the domain it registered, whatever comes before', () => {
    expect(readEmailDomain('mail.eu.acme.co.uk')).toEqual({ kind: 'company', companyDomain: 'acme.co.uk' })
  })

  test('under a suffix that anybody may register below is not taken for the suffix', () => {
    expect(readEmailDomain('acme.pp.ua')).toEqual({ kind: 'company', companyDomain: 'acme.pp.ua' })
    expect(readEmailDomain('mail.acme.za.com')).toEqual({ kind: 'company', companyDomain: 'acme.za.com' })
  })

  test('is what remains of what is no domain', () => {
    expect(readEmailDomain('localhost')).toEqual({ kind: 'company', companyDomain: 'localhost' })
    expect(readEmailDomain('')).toEqual({ kind: 'company', companyDomain: '' })
  })
})
