/**
 * Providers whose addresses name a person and no company. `brand.*` stands for the brand under any public suffix
 * (yahoo.co.uk); subdomains of a listed domain count as the domain.
 */
export const FREE_MAIL: ReadonlySet<string> = words(`
  gmail.com googlemail.* google.mail.com yahoo.* ymail.com rocketmail.com myyahoo.com hotmail.* outlook.* live.com
  live.co.uk live.fr live.de live.nl live.it live.be live.ca live.se live.dk live.no live.at live.ru live.com.au
  live.com.mx live.com.pt live.com.ar live.cl live.jp live.cn live.in live.ie live.co.za msn.com windowslive.com passport.com
  icloud.com me.com mac.com aol.* aim.com verizon.net netscape.net compuserve.com cs.com
  proton.me protonmail.* pm.me tutanota.* tutamail.com tuta.io tuta.com keemail.me hushmail.com hush.com
  fastmail.* fastmail.fm zoho.com zohomail.* zoho.eu zoho.in mail.com email.com usa.com post.com europe.com asia.com
  consultant.com engineer.com writeme.com dr.com iname.com myself.com cheerful.com contractor.net accountant.com
  gmx.* web.de freenet.de t-online.de arcor.de online.de 1und1.de posteo.* mailbox.org vodafone.de o2online.de
  kabelmail.de unity-mail.de email.de emailn.de freemail.de firemail.de lycos.* alice-dsl.net ewetel.net
  aon.at chello.at inode.at kabsi.at bluewin.ch hispeed.ch sunrise.ch gmx.ch
  free.fr orange.fr wanadoo.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr 9online.fr aliceadsl.fr
  cegetel.net voila.fr noos.fr caramail.com
  libero.it virgilio.it alice.it tin.it tiscali.it tim.it inwind.it iol.it fastwebnet.it email.it teletu.it poste.it
  vodafone.it aruba.it pec.it
  telefonica.net terra.es terra.com ono.com movistar.es orange.es jazztel.es wanadoo.es ya.com euskaltel.net
  sapo.pt iol.pt clix.pt netcabo.pt mail.telepac.pt uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com
  r7.com oi.com.br zipmail.com.br
  ziggo.nl kpnmail.nl kpnplanet.nl planet.nl home.nl hetnet.nl xs4all.nl upcmail.nl casema.nl quicknet.nl online.nl
  telenet.be skynet.be proximus.be scarlet.be belgacom.net
  bk.ru list.ru inbox.ru mail.ru internet.ru xmail.ru mail.ua yandex.* ya.ru narod.ru rambler.ru lenta.ru autorambler.ru
  myrambler.ru ro.ru pochta.ru qip.ru hotbox.ru km.ru nm.ru e1.ru ngs.ru
  ukr.net i.ua meta.ua bigmir.net email.ua online.ua tut.by mail.by
  wp.pl o2.pl onet.pl onet.eu op.pl poczta.onet.pl vp.pl poczta.onet.eu interia.pl interia.eu interia.com poczta.fm
  tlen.pl gazeta.pl go2.pl autograf.pl buziaczek.pl amorki.pl spoko.pl poczta.pl neostrada.pl vp.pl opoczta.pl
  abv.bg mail.bg dir.bg gbg.bg gyuvetch.bg mail.orbitel.bg abv.com mbox.contact.bg dnes.bg
  walla.co.il walla.com netvision.net.il bezeqint.net 012.net.il 013.net.il zahav.net.il nana.co.il nana10.co.il
  barak.net.il smile.net.il 015.net.il inter.net.il
  seznam.cz email.cz centrum.cz atlas.cz volny.cz post.cz tiscali.cz azet.sk zoznam.sk centrum.sk post.sk pobox.sk
  freemail.hu citromail.hu indamail.hu vipmail.hu t-online.hu
  yahoo.ro k.ro home.ro mail.gr otenet.gr freemail.gr in.gr forthnet.gr hol.gr
  net.hr inet.hr t-com.hr siol.net email.si mail.ee hot.ee inbox.lv inbox.lt inbox.com one.lt delfi.lt apollo.lv mail.lv
  luukku.com suomi24.fi kolumbus.fi elisanet.fi spray.se telia.com bredband.net comhem.se home.se online.no frisurf.no
  mail.dk ofir.dk jubii.dk stofanet.dk get2net.dk tdcadsl.dk
  mynet.com superonline.com ttmail.com
  comcast.net sbcglobal.net att.net bellsouth.net cox.net charter.net earthlink.net juno.com netzero.net optonline.net
  frontier.com frontiernet.net windstream.net mindspring.com roadrunner.com rr.com centurylink.net embarqmail.com
  excite.com lycos.com usa.net netaddress.com care2.com inbox.com
  shaw.ca rogers.com sympatico.ca bell.net telus.net videotron.ca cogeco.ca
  btinternet.com btopenworld.com virginmedia.com ntlworld.com blueyonder.co.uk talktalk.net sky.com tiscali.co.uk
  o2.co.uk plusnet.com freeserve.co.uk eircom.net
  bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au internode.on.net xtra.co.nz
  rediffmail.com indiatimes.com sify.com in.com
  qq.com foxmail.com 163.com 126.com yeah.net 139.com 188.com sina.com sina.cn sohu.com tom.com aliyun.com 21cn.com
  naver.com hanmail.net daum.net nate.com
  docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp excite.co.jp
  hey.com duck.com mozmail.com privaterelay.appleid.com relay.firefox.com skiff.com runbox.com mailfence.com
  disroot.org riseup.net startmail.com ctemplar.com kolabnow.com countermail.com safe-mail.net
`)

/** Addresses made to be thrown away. */
export const DISPOSABLE_MAIL: ReadonlySet<string> = words(`
  mailinator.* mailinator2.com reallymymail.com sogetthis.com mailin8r.com suremail.info thisisnotmyrealemail.com
  binkmail.com bobmail.info chammy.info devnullmail.com letthemeatspam.com spamherelots.com spamhereplease.com
  tradermail.info veryrealemail.com zippymail.info safetymail.info notmailinator.com
  guerrillamail.* guerrillamailblock.com sharklasers.com grr.la spam4.me pokemail.net
  10minutemail.* 10minutemail.co.uk 10minemail.com 20minutemail.* 20minutemail.it 30minutemail.com 60minutemail.com
  tempmail.* temp-mail.* tempmailo.com tempmailaddress.com tempmail.plus tempinbox.com tempr.email tempemail.* tempomail.*
  temporary-mail.net temporaryemail.* temporaryinbox.com temporarymail.org mytemp.email mytempmail.com tmpmail.* tmpmail.net
  tmpeml.com tmail.* tmails.net minutemail.* minuteinbox.com emailondeck.com emailtemporanea.com emailtemporario.com.br
  yopmail.* cool.fr.nf jetable.* nospam.ze.tc nomail.xl.cx mega.zik.dj speed.1s.fr courriel.fr.nf moncourrier.fr.nf
  monemail.fr.nf monmail.fr.nf jetable.fr.nf
  throwawaymail.* throwaway.email throwam.com trashmail.* trash-mail.* trashmailer.com trashymail.com wegwerfmail.*
  wegwerfemail.* wegwerf-email.* wegwerfadresse.de einrot.com einrot.de fleckens.hu gustr.com jourrapide.com rhyta.com
  superrito.com teleworm.us armyspy.com cuvox.de dayrep.com
  dispostable.com disposable.com disposableaddress.com disposableinbox.com disposeamail.com discard.email discardmail.*
  dropmail.me 10mail.org emltmp.com yomail.info getnada.com nada.email nada.ltd inboxbear.com getairmail.com
  fakeinbox.com fakemail.* fakemailgenerator.com fake-mail.* fakermail.com mailcatch.com maildrop.cc mailnesia.com
  mailnull.com mailmoat.com mailexpire.com mailforspam.com mailscrap.com mailsac.com mailpoof.com mail-temp.com mailtemp.info
  mailtothis.com mailtemporaire.* mail-temporaire.* mailzilla.com mailshell.com mailsiphon.com mailbidon.com mailblocks.com
  mintemail.com mohmal.com moakt.* mt2009.com mt2014.com mytrashmail.com my10minutemail.com
  spamgourmet.com spambog.* spambox.us spamex.com spamfree24.* spamavert.com spaml.de spamspot.com spamday.com
  spamdecoy.net spamcowboy.com spamhole.com spamoff.de nospamfor.us nospam4.us antispam24.de kasmail.com
  anonbox.net anonymbox.com anonaddy.* deadaddress.com despam.it e4ward.com explodemail.com filzmail.com
  getonemail.com gishpuppy.com haltospam.com hidemail.de incognitomail.* instantemailaddress.com instant-mail.de
  jnxjn.com klassmaster.com kurzepost.de lroid.com meltmail.com meinspamschutz.de messagebeamer.de mierdamail.com
  nervmich.net nervtmich.net objectmail.com oneoffemail.com onewaymail.com pookmail.com proxymail.eu putthisinyourspamdatabase.com
  quickinbox.com rcpt.at recode.me rejectmail.com safersignup.de selfdestructingmail.com sendspamhere.com shieldemail.com
  shortmail.net slopsbox.com smellfear.com snakemail.com sneakemail.com sofort-mail.de sofimail.com soodonims.com
  stuffmail.de supermailer.jp tagyourself.com talkinator.com thankyou2010.com trbvm.com twinmail.de tyldd.com uggsrock.com
  upliftnow.com viditag.com walala.org wetrainbayarea.com whyspam.me willselfdestruct.com wronghead.com wuzup.net
  xagloo.com yep.it yuurok.com zehnminutenmail.de zoemail.org burnermail.io inboxkitten.com inboxalias.com
  luxusmail.org emailfake.com email-fake.com generator.email crazymailing.com 1secmail.* 1secmail.net esiix.com wwjmp.com
  vjuum.com laafd.com txcct.com rteet.com dpptd.com owlymail.com cloud-mail.top linshiyouxiang.net
  fexbox.org fexpost.com chitthi.in any.pink rover.info mailto.plus merepost.com
  mail7.io mail.tm mailgw.com snapmail.cc tempail.com smailpro.com internxt.com spymail.one etempmail.com
`)

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
