"""Words of everyday work that tell of nobody, though a name may contain them or be made of them."""

_WORDS = """
    a able about above accept access account accounts action active actor add address admin after again
    against age agent agents air airline airlines alert all also always amount an analyst and another
    answer any app apply april area around article as ask asset assets assign assistant at attach attack
    august available away back backlog backup bad balance bank base basic batch be because become been
    before begin behind being below best better between big bill billing blank block board bond book
    booking bookings both box branch break bring broken build building bureau business but buy by cable
    call called calls came can card cards care carrier carriers case cash cause centre chain chair change
    channel channels charge chart chat check checked chief clear client clinic clinical clinics clock
    close closed cloud code coming command commerce common company connect connected connector constant
    constantly consultant contact contain content control copy core correct cost could council count
    counter country cover create credit cross csv current customer customers cut cycles daily dash data
    date day days deadline deadlines deal december decide deliver delivery demand department deploy deputy
    desk desktop detail details develop device different direct director disk distance docx does done door
    double down drop duty each early edge editor effect either electric electronics email eml empty end
    ended energy engine engineer engineers enough enter entire entrance entry equal error errors
    escalation even evening event every everybody evidence exact example existing expect export extra face
    fact fail failed fails failure fair fall false far fare fares fast fault feature february feed feeds
    ferries file files final finance find fine first fix fixed flow focus follow food foods for form found
    foundation four frame free freight frequent friday from front full further future gate gateway general
    get gif give given go goes going gone good goods got grace grand grant grants great ground group guard
    guest guide had half hand handle hard has have head health hear held help her here high him his hold
    holdings home homes hope hospital host hotels hour hours house how html idea if image impact import
    important in include incoming index industry info inform inside install instance instances instant
    instantly instead institute insurance interest internal international into invoice invoices issue
    issued issues it item items its itself january job join joint jpeg jpg json july june just keep key
    kind kinds know known label land language large last late later launch law lead leader leads learn
    least leave left legal less let letter level liaison library light like limit line lines link list
    little live load local lock log login logistics long look loss lost low machine machines made mail
    main maintain make manage management manager many march mark market marketing markets master match
    matter may maybe me mean media medical medicine meet member merchant message messages method middle
    might mile mind ministry minute minutes missing mobile mode model moment monday money monitor month
    more morning most motors move much must mutual my name national near need network never new news next
    night no nobody none noon nor normal north not note nothing notice november now number object october
    of off offer office officer offices offline often old on once one online only open opened operate
    operation operations operator opposite optics or order orders origin other others our out outage
    outages outside over own owner owners page paid panel paper part partner partners party pass past
    patient patients pay payment payments pdf people per period person pharma phone pick pipeline
    pipelines place plain plan planned planning plant platform play please png point policy pool port
    portal portals porter porters position possible post power pptx present president press price print
    private problem process product products profile program project promise proper property protect
    proven provide provider public publish pull push put quality quarter queue quick quiet quite rail
    raise range rate rather reach read reader ready real reason record red reduce refund refuse region
    release reliable remain remind remote repeat replace reply report reported reporter reporters reports
    request reservation reset resolve rest restart restore result retail retry return review right risk
    road robotics roll room root round route routes rule run runs safe said sale sales same saturday save
    say scan schedule schema school screen search seat second secret secretary section secure security see
    seem seen select send sent separate september serve server service services session set setting seven
    several share she shelter shift ship shop short should show shown side sign signal simple since single
    site six size slow small snapshot so social software solution some somebody soon sort sound source
    south space speak special speed spring staff stage stand standard standards start started state states
    station status stay steel steer still stock stop stopped storage store stores storm story street
    strong studio study subject such summer sunday support supported supporter sure surface switch sync
    synced system systems table take taken talk target task team tech technical technology telecom tell
    ten term terms test tests text than that the their them then there these they thing think third this
    those three through thursday ticket tickets till time times title to today together told tomorrow too
    took tool top total touch town track trade trading train training transfer transport transporter
    travel tree trial try tsv tuesday turn two txt type under understand understands union unit university
    until up update updated upgrade upon upper us use used user users using value vendor version very vice
    view visit voice wait ward wards warehouse warn was watch water way we weather web wednesday week
    weekend well went were west what when where whether which while white who whole why wide will win
    window winter with within without word words work worked workers working works world would write wrong
    xlsx xml yaml year yes yesterday yet you young your zip zone
"""

ORDINARY = frozenset(_WORDS.split())
