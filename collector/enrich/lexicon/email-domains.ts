/**
 * Providers whose addresses name a person and no company, as far as the lists that others keep lack them (email-kind.ts): those
 * of Central and Eastern Europe above all, access providers that give their customers mailboxes, aliases, and brands in every
 * country. `brand.*` stands for the brand under any public suffix (yahoo.co.uk).
 */
export const FREE_MAIL: ReadonlySet<string> = words(`
  googlemail.* google.mail.com yahoo.* myyahoo.com hotmail.* outlook.* live.se live.no live.at live.ru live.com.pt
  live.com.my live.com.ph live.cl live.in live.co.za msn.* passport.com aol.* protonmail.* tutanota.* tutamail.com
  tuta.io tuta.com keemail.me fastmail.* zohomail.* zoho.eu zoho.in gmx.* posteo.* lycos.* netaddress.com duck.com
  mozmail.com relay.firefox.com skiff.com mailfence.com disroot.org riseup.net startmail.com ctemplar.com
  kolabnow.com countermail.com simplelogin.com anonaddy.* addymail.com passmail.net passinbox.com mailo.com
  1und1.de vodafone.de vodafonemail.de o2online.de o2mail.de unity-mail.de unitybox.de emailn.de firemail.de
  alice-dsl.net alice.de ewetel.net ewe.net osnanet.de netcologne.de versanet.de kabelbw.de mnet-online.de
  htp-tel.de magenta.de t-online.at aon.at a1.net chello.at inode.at kabsi.at liwest.at utanet.at tele2.at drei.at
  hispeed.ch sunrise.ch swissonline.ch tele2.ch quickline.ch vtxmail.ch
  bbox.fr numericable.fr 9online.fr cegetel.net noos.fr dbmail.com net-c.com mailo.fr ziggo.nl kpnplanet.nl
  xs4all.nl upcmail.nl casema.nl quicknet.nl online.nl hccnet.nl zeelandnet.nl caiway.nl solcon.nl versatel.nl
  tele2.nl wxs.nl wanadoo.nl proximus.be scarlet.be belgacom.net brutele.be
  tim.it fastwebnet.it vodafone.it aruba.it pec.it telefonica.net ono.com movistar.es orange.es jazztel.es ya.com
  euskaltel.net telecable.es iol.pt clix.pt netcabo.pt mail.telepac.pt meo.pt superig.com.br pop.com.br
  internet.ru xmail.ru yandex.* narod.ru rambler.* lenta.ru autorambler.ru myrambler.ru ro.ru qip.ru hotbox.ru
  krovatka.su mail333.com nightmail.ru nm.ru pochtamt.ru pop3.ru rbcmail.ru smtp.ru km.ru mtu-net.ru e1.ru ngs.ru
  tut.by mail.by mail.kz inbox.kz mail.uz umail.uz
  ua.fm 3g.ua meta.ua bigmir.net email.ua e-mail.ua online.ua mail.ua ukrpost.net ukrpost.ua
  wp.eu onet.eu onet.com.pl op.pl vp.pl poczta.onet.pl poczta.onet.eu interia.eu interia.com interiowy.pl intmail.pl
  int.pl adresik.net pisz.to ogarnij.se tlen.pl go2.pl prokonto.pl tenbit.pl autograf.pl buziaczek.pl amorki.pl
  spoko.pl aqq.pl hoga.pl poczta.pl opoczta.pl neostrada.pl upcpoczta.pl orange.pl
  abv.com mail.bg dir.bg gbg.bg gyuvetch.bg mail.orbitel.bg mbox.contact.bg dnes.bg
  spoluzaci.cz atlas.cz volny.cz quick.cz iol.cz tiscali.cz o2active.cz worldonline.cz upcmail.cz chello.cz mail.cz
  mybox.cz azet.sk zoznam.sk atlas.sk szm.sk stonline.sk nextra.sk orangemail.sk chello.sk
  citromail.hu indamail.hu vipmail.hu vivamail.hu lajt.hu t-email.hu upcmail.hu chello.hu invitel.hu digikabel.hu
  axelero.hu enternet.hu pr.hu k.ro mailbox.ro rol.ro xnet.ro rdslink.ro rdsmail.ro clicknet.ro upcmail.ro
  net.hr inet.hr t-com.hr hi.t-com.hr vip.hr globalnet.hr optinet.hr siol.net volja.net amis.net triera.net t-2.net
  telemach.net guest.arnes.si eunet.rs sbb.rs open.telekom.rs ptt.rs beotel.net sezampro.rs verat.net neobee.net
  bih.net.ba on.net.mk
  otenet.gr in.gr hol.gr pathfinder.gr mynet.com superonline.com ttmail.com ttnet.net.tr bezeqint.net 012.net.il
  013.net.il 013net.net 014.net.il 015.net.il 017.net.il 018.net.il internet-zahav.net nana.co.il nana10.co.il
  barak.net.il smile.net.il inter.net.il actcom.co.il orange.net.il
  mail.lv one.lv latnet.lv tvnet.lv inbox.lt one.lt delfi.lt takas.lt zebra.lt online.ee neti.ee solo.ee
  telia.com bredband.net bredband2.com comhem.se tele2.se swipnet.se passagen.se glocalnet.net ownit.nu online.no
  frisurf.no broadpark.no lyse.net getmail.no start.no mail.dk ofir.dk jubii.dk youmail.dk stofanet.dk get2net.dk
  tdcadsl.dk webspeed.dk mail.tele.dk post.tele.dk privat.dk suomi24.fi kolumbus.fi elisanet.fi saunalahti.fi
  welho.com pp.inet.fi netti.fi surffi.fi
  plusnet.com in.com suddenlink.net orcon.net.nz slingshot.co.nz paradise.net.nz telkomsa.net mweb.co.za
  vodamail.co.za
  139.com 189.cn wo.cn sohu.com nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp plala.or.jp dion.ne.jp
  asahi-net.or.jp odn.ne.jp hi-ho.ne.jp eonet.ne.jp au.com ymobile.ne.jp kakao.com hanmir.com empal.com paran.com
  dreamwiz.com chol.com
`)

/** Addresses made to be thrown away, as above. */
export const DISPOSABLE_MAIL: ReadonlySet<string> = words(`
  mailinator.* guerrillamail.* 10minutemail.* 20minutemail.* tempmail.* temp-mail.* tempmailaddress.com tempemail.*
  tempomail.* temporaryemail.* temporarymail.org tmpmail.* tmail.* minutemail.* yopmail.* cool.fr.nf jetable.*
  nospam.ze.tc nomail.xl.cx mega.zik.dj speed.1s.fr throwawaymail.* throwaway.email trashmail.* trash-mail.*
  wegwerfmail.* wegwerfemail.* wegwerf-email.* disposable.com discardmail.* fakemail.* fake-mail.* fakermail.com
  mail-temp.com mailtemporaire.* mail-temporaire.* moakt.* spamgourmet.com spambog.* spamfree24.*
  incognitomail.* sneakemail.com burnermail.io luxusmail.org 1secmail.* owlymail.com mailgw.com
  etempmail.com
`)

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
