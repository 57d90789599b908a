//! The words by which pages name their own parts, and dates: data for `words` and `name`. Each list
//! is one string, its entries set apart by commas.

/// Words that say that a part is not the article's text.
pub(super) const CLUTTER: &str = "\
    ad, ads, adbox, adslot, adsense, adunit, adv, advert, adverts, advertisement, \
    advertisements, advertising, advertorial, anzeige, werbung, publicidad, publicite, \
    publicidade, pubblicita, reklama, dfp, outbrain, taboola, sponsor, sponsored, sponsors, \
    promo, promos, promotion, promoted, promobox, breadcrumb, breadcrumbs, crumb, crumbs, nav, \
    navbar, navigation, menu, submenu, pagination, pager, paginator, skiplink, toolbar, toc, \
    tableofcontents, related, relatedarticles, relatedposts, relatedcontent, relatedlinks, \
    recirc, recirculation, recommend, recommended, recommendation, recommendations, verwandt, \
    relacionadas, relacionados, relacionado, correlati, correlate, trending, popular, \
    mostread, mostviewed, mostpopular, readnext, seealso, readalso, teaser, teasers, ranking, \
    upnext, share, shares, sharing, sharebar, sharebox, sharedaddy, addthis, addtoany, social, \
    socials, socialshare, socialmedia, teilen, partager, compartir, newsletter, newsletters, \
    subscribe, subscription, subscriptions, abonnement, abonnements, abonnes, \
    abbonamento, abbonamenti, suscriptores, assinatura, encart, signup, register, registration, login, signin, \
    paywall, regwall, donate, donation, donations, membership, abo, suscripcion, sidebar, \
    sidebars, rail, footer, colophon, masthead, topbar, cookie, cookies, consent, gdpr, ccpa, \
    cmp, popup, modal, lightbox, interstitial, caption, captions, figcaption, gallery, \
    slideshow, carousel, swiper, slick, player, videoplayer, audioplayer, jwplayer, tweet, \
    instagram, copyright, disclaimer, tags, taglist, tagcloud, keywords, topics, hashtags, \
    bio, biography, authorbio, authorbox, aboutauthor, infobox, factbox, faktenbox, faktaboks, \
    poll, quiz, survey, feedback, rating, ratings, vote, votes, print, noprint, printonly, \
    tooltip, widgets, infographic, timestamp, hatnote, navbox, editsection, preamble, \
    screenreader";

/// Words for what readers say about an article.
pub(super) const COMMENTS: &str = "\
    comment, comments, commentlist, commenti, commento, comentarios, commentaires, kommentar, \
    kommentare, kommentarer, disqus, respond, replies, discussion, livefyre, coral, viafoura, \
    spotim, openweb";

/// Words that say so only beside each other.
pub(super) const PAIRS: &str = "\
    fact box, most read, most viewed, most popular, read next, read also, see also, more \
    stories, more from, more on, more news, also read, up next, latest news, latest posts, \
    latest stories, author bio, author box, author info, author description, about author, \
    about the, post meta, entry meta, article meta, call to, sr only, visually hidden, screen \
    reader, tag list, tag links, tag cloud, cat links, post tags, post navigation, site \
    header, page header, top bar, sign up, log in, follow us, support us, image credit, photo \
    credit, inline link, widget area, twitter tweet, key points, no print, story links, fb \
    post, further reading, reading list, external links, app download, download app, les ogsa, \
    lire aussi, lees ook, leer tambien, leggi anche, leia mais, lesen sie";

/// Words, beside each other, for what is said of an article around it: who, when, where.
pub(super) const META: &str = "\
    post meta, entry meta, article meta, story meta, meta data, article info, post info, entry \
    info, author info, meta info, article header, post header, entry header, story header, \
    article head, entry footer, article footer, post footer, story footer, credit bar, pub \
    date, publish date";

/// Words that say that a part is the article's text, beside one of [`ARTICLE`].
pub(super) const TEXT: &str = "\
    body, content, contents, text, texte, texto, testo, copy";

/// Words for an article.
pub(super) const ARTICLE: &str = "\
    article, articulo, artikel, story, entry, post, news, main, detail, body, articolo, \
    artigo, single";

/// Words that say so alone.
pub(super) const ARTICLE_TEXT: &str = "\
    articlebody, articletext, articlecontent, storybody, storytext, entrycontent, postcontent, \
    postbody, bodytext, bodycopy, maincontent";

/// Words for those who made an article.
pub(super) const AUTHOR: &str = "\
    byline, bylines, author, authors, writer, writers, contributor, contributors, reporter, \
    reporters, journalist, columnist, signature, autor, autores, auteur, auteurs, autore, \
    autori, firma, verfasser, redakteur, redacteur, periodista, szerzo, forfatter, skribent, \
    yazar, penulis, by, signoff, credits, translator, avtor, kirjoittaja";

/// Words that stand before the number of a date: days, months, and what was done then.
pub(super) const DATE_WORDS: &str = "\
    january, february, march, april, may, june, july, august, september, october, november, \
    december, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, monday, tuesday, \
    wednesday, thursday, friday, saturday, sunday, mon, tue, wed, thu, fri, sat, sun, on, at, \
    updated, published, posted, date, janvier, février, mars, avril, mai, juin, juillet, août, \
    septembre, octobre, novembre, décembre, lundi, mardi, mercredi, jeudi, vendredi, samedi, \
    dimanche, le, publié, à, jour, mis, mise, modifié, januar, jänner, februar, märz, juni, \
    juli, oktober, dezember, montag, dienstag, mittwoch, donnerstag, freitag, samstag, \
    sonntag, vom, am, stand, den, veröffentlicht, aktualisiert, uhr, enero, febrero, marzo, \
    abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre, lunes, \
    martes, miércoles, jueves, viernes, sábado, domingo, el, publicado, actualizado, a, las, \
    gennaio, febbraio, aprile, maggio, giugno, luglio, settembre, ottobre, dicembre, \
    pubblicato, il, janeiro, fevereiro, março, maio, junho, julho, setembro, outubro, \
    novembro, dezembro, em, atualizado, januari, februari, maart, mei, augustus, op, \
    gepubliceerd, publicerad, publisert, opublikowano, опубликовано, обновлено";

/// Words over advertisements and boxes, as whole lines.
pub(super) const LABELS: &str = "\
    advertisement, advertisements, advert, ad, sponsored, promoted, story continues below, story \
    continues below advertisement, article continues below, article continues after \
    advertisement, advertisement continue reading the main story, continue reading, read more, \
    related, related articles, anzeige, werbung, publicité, publicite, la suite après la \
    publicité, lire aussi, à lire aussi, publicidad, lee también, publicidade, leia também, \
    pubblicità, leggi anche, advertentie, lees ook, annonse, annons, annonce, reklam, reklama, \
    reklame, mainos, hirdetés, реклама, читайте также, διαφήμιση, إعلان, اقرأ أيضا, פרסומת, 広告, \
    广告, 廣告, 광고, iklan, baca juga, quảng cáo, share, share this, share this article, \
    teilen, partager, compartir, condividi, compartilhe";

/// Words that programs put before whoever put something on a page.
pub(super) const POSTED_BY: &str = "\
    posted by, submitted by, published by, written by, created by, added by, uploaded by, \
    article by, story by, words by, report by, opinion by, column by, essay by, guest essay by, \
    guest post by, commentary by, perspective by, feature by, publié par, écrit par, rédigé par, posté par, \
    publicado por, escrito por, redactado por, postado por, pubblicato da, scritto da, \
    eingestellt von, veröffentlicht von, verfasst von, geschrieben von, geplaatst door, \
    geschreven door, publicerad av, skriven av, skrevet av, publisert av, skrevet af";

/// Words for the minutes that reading takes.
pub(super) const MINUTES: &str = "\
    min, mins, minute, minutes, minuten, minutos, minuti, minut, minuter, minuttia, perc, мин, \
    минут, минуты, хв, λεπτά, dakika, dk, دقائق, دقيقة, דקות, phút, menit, 分, 分钟, 분";
