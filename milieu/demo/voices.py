"""What people in the demonstration say and what is written down about them, in plain first-person lines.

Lines keyed by a programme's code are an enrichment: where a programme has another code, nothing is said and nothing fails.
"""

from __future__ import annotations

from collections.abc import Mapping

LIKES = (
    "I like being outside, even in the rain.", "Drawing. I always carry a pencil.", "Football on the radio.",
    "I like cooking for many people.", "Old films, the black and white ones.", "Quiet mornings with tea before anyone talks.",
    "Singing, but not alone.", "I like fixing things that others have given up on.", "Crosswords, and being asked for the last word.",
    "My dog. Ask me for a photo.", "Plants. I talk to them.", "A good argument about music.", "Chess, slow.",
    "Walking fast.", "I like it when somebody remembers how I take my coffee.", "Reading on the porch.", "Dominoes after supper.",
    "Braiding hair.", "Being early.", "Making people laugh.", "Writing letters by hand.", "Spicy food.",
)  # fmt: skip
HELPS = (
    "Sit beside me, not opposite.", "Give me a job for my hands.", "Ask me once, then give me ten minutes.",
    "Walk with me. I talk better when I walk.", "Tell me what happens next.", "A warm drink helps more than talking.",
    "Say my name first, then wait.", "Call my sister with me.", "Let me sit near the door.", "Music in one ear.",
    "Remind me of last Tuesday: I got through it.", "A short list on paper.", "Cold water on my wrists.",
    "Someone I know, not someone new.", "Tell me straight. I notice when you wrap it up.", "Ask what I need, do not guess.",
)  # fmt: skip
AVOIDS = (
    "Please do not touch my shoulder from behind.", "Loud voices close to me.", "Being asked why in front of others.",
    "Do not say calm down.", "Too many people talking at once.", "Torches in my face.", "Jokes about my accent.",
    "Standing in the doorway while you talk to me.", "Surprises. Tell me before plans change.", "Being watched while I eat.",
    "Talking about my family in group.", "Being rushed in the morning.", "Perfume. It takes me back.",
)  # fmt: skip
NIGHT = (
    ("Look through the panel first.", "No torch on my face."),
    ("If I am awake, say who you are, quietly.", "You do not need to come in."),
    ("Knock once, softly, then open.", "I wake up easily and that is all right."),
    ("Leave the door as it was.", "A warm drink helps more than talking."),
    ("Wait until you see the blanket move.", "Please do not call my name."),
    ("I sleep with the lamp on. Leave it on.", "If I am up, ask if I want company."),
    ("Stand where I can see you.", "Tell me what time it is."),
)
NEEDS = (
    "Hears better on the left side.", "Reads slowly; read it out with me.", "English is my second language. Short sentences, please.",
    "I need my glasses for anything written.", "Bad knee: the stairs take time.", "I eat without meat.",
    "I pray five times. Please tell me where.", "Words come slowly when I am tired. Wait for me.",
)  # fmt: skip
SAFETY = (
    "Nights around the 14th are hard. Sit with me before bed.", "If I go quiet for a whole day, ask me straight.",
    "Allergic to penicillin.", "Seizures when medicine is late: tell the nurse at once.", "Bee stings: pen is in the health room.",
    "Phone calls from home can shake me. Be near afterwards.", "I carry sharp feelings to the kitchen. Ask me to swap on those days.",
)  # fmt: skip
ADAPTED = (
    "Offer the choice first, then wait. The answer comes late, and it comes.", "Go outside together before you say it.",
    "Say it short and once. Come back in ten minutes.", "Write it down; reading it is easier than hearing it.",
    "Ask what it is about first. There is nearly always a reason.", "Use the agreed sign from across the room, no words.",
    "Sit down before you speak. Standing feels like a threat.",
)  # fmt: skip

# What somebody saw, as it follows a name; {other} is a peer. Keyed by the strength where it fits only there.
SEEN: Mapping[str, tuple[str, ...]] = {
    "helped-someone": ("walked {other} to the dining room without being asked.", "carried {other}’s laundry up the stairs.",
                       "showed {other} how the washing list works.", "kept {other} company before the call home.",
                       "sat with {other} until it was easier.", "read the letter out for {other}.",
                       "found {other}’s glasses under the bench.", "fetched a chair for {other} before anyone else saw."),
    "welcomed": ("made room for {other} at the table.", "told {other} how the first week went.", "showed {other} the way to the garden.",
                 "saved a seat for {other}.", "asked {other} what coffee to make."),
    "asked-for-break": ("asked for a break before it got loud.", "stepped out, breathed, came back in five minutes.",
                        "put a hand up and said: two minutes, please."),
    "asked-for-help": ("asked {other} for help with the form.", "said “I cannot do this alone” and waited for an answer."),
    "came-though-hard": ("came down although the night was short.", "came in late and stayed to the end.", "came and sat near the door. That counts.",
                         "came straight from a hard phone call.", "came with a headache and helped to clear up."),
    "listened": ("let {other} finish, then asked one question.", "put the cards away to listen to {other}.",
                 "listened to {other} without giving advice.", "remembered what {other} said last week."),
    "spoke-up": ("said in two sentences what had been bothering everyone.", "asked for a turn and took it.",
                 "told {other} calmly what was too loud.", "said no, kindly."),
    "took-reminder": ("said thank you for a reminder and changed it.", "heard the reminder from {other} and smiled.",
                      "was reminded about the phone and put it away at once."),
    "gave-reminder": ("reminded {other} about the door, kindly.", "asked {other} to knock, with a joke.", "said “we said quiet” and everyone was."),
    "worked-well": ("had the whole kitchen done by half past, singing.", "swapped tasks so that {other} could rest.",
                    "swept the corner nobody sees.", "weeded the long bed with {other}, without a word too many."),
    "used-skill": ("did the breathing from group, out loud, with {other}.", "counted to twenty and came back to the talk.",
                   "held the ice cube and laughed about it.", "walked three rounds outside instead of shouting."),
    "kept-word": ("was there on the minute, as promised.", "brought the book back, as promised.", "did the turn for {other}, as agreed on Monday."),
    "cared-for-self": ("showered and changed without being asked.", "made the bed and opened the window.", "went to bed at ten, by choice."),
    "washed-dressed": ("came down washed and in a fresh shirt.", "asked for a towel and took an hour.",),
    "made-laugh": ("had the whole table laughing.", "told the story with the goose again."),
    "mended": ("went back and said sorry to {other}.", "glued the cup and put it back.", "asked {other} what would make it good."),
    "reached-out": ("called a brother for the first time in a year.", "wrote the letter that had been waiting.", "asked for a visit on Sunday."),
    "called-home": ("called home and stayed on the line.", "rang a daughter to say good night."),
    "told-truth": ("told the group about Sunday, before anybody asked.", "said “that was me” about the cup.", "told the whole of it this time."),
    "honest": ("told it as it was.", "said “I have no idea” when that was true."),
    "told-slip": ("told us about Saturday. Nobody looked away.", "said it in the first minute."),
    "craving-talked": ("said “I am craving” instead of going quiet.", "came to find {other} when it got strong.", "talked it through and it passed."),
    "ate-with-others": ("ate at the long table, next to {other}.", "stayed for pudding."),
    "stayed-a-while": ("stayed twenty minutes today.", "stayed one talk longer than yesterday."),
    "gave-space": ("saw that {other} needed space and moved over.", "turned the music down for {other}."),
    "thanked": ("thanked {other} for the seat.", "thanked the cook, and the cook sang."),
    "tried-new": ("tried the clay, and laughed at the result.", "sang along for the first time."),
    "slept-calmly": ("lay down without medicine and slept.", "asked for the lamp and rested."),
    "small-step": ("walked past the shop and came here.", "poured it out and rang a friend."), "said-no": ("said “not today” and meant it.",),
    "came": ("came in the rain.",), "called-someone": ("rang {other} before the hard hour.",),
    "led-well": ("asked the quiet ones first.", "ended on time and thanked everyone by name."),
    "hosted": ("had the chairs out before anyone came.", "kept an eye on who had not spoken."),
}  # fmt: skip
AT_NIGHT = (
    "asked-for-break",
    "asked-for-help",
    "used-skill",
    "slept-calmly",
    "told-truth",
    "craving-talked",
    "spoke-up",
)
HELPING = (
    "helped-someone",
    "welcomed",
    "listened",
    "gave-reminder",
    "mended",
    "thanked",
    "gave-space",
    "called-someone",
)

SAID_NO = ("too tired", "not today", "my head is full", "slept badly", "want to be alone for a bit", "my stomach", "after the phone call, no",
           "I will come to the next one")  # fmt: skip
REMINDED = ("", "", "Came back to it by themselves.", "We walked a round in the garden first.", "Peers had said it kindly already.",
            "Short and friendly was enough.", "Needed ten minutes, then it was fine.")  # fmt: skip
LATE_BECAUSE = (
    "Tablet was charging.", "Helped someone on the stairs first.", "No network in the cellar.", "Was called to the phone.",
    "Sat with somebody who was crying.", "Wrote it on paper during the fire drill.",
)  # fmt: skip
OUTINGS = (
    "Dentist",
    "Optician",
    "Court hearing",
    "Doctor’s appointment",
    "Housing office",
    "Job interview",
    "Collecting papers",
    "Blood test",
)
EVENINGS_OUT = ("Meeting in town", "Choir practice", "Evening class")
HOME_LEAVE = "Home leave"
ALONE_AT = ("resting", "reading", "on the phone list", "writing", "sorting laundry", "drawing")
WORDS_BETWEEN = (
    "Words at breakfast. Seat apart.",
    "Sharp words over the phone list. Seat apart.",
    "Old story from outside. Not in one crew this week.",
)
WORDS_BEFORE = "Sharp words last time. Seat apart."
MADE_PEACE = (
    "Talked with both. They sit apart until Friday and will bring it to group.",
    "Shook hands after group. Look again on Monday.",
)
ASKS = (
    ("talk", "Would like to talk after supper, about home."), ("talk", "Had a hard call. Wants ten minutes with someone."),
    ("help", "Needs help with the form for housing."), ("question", "May the kitchen stay open until ten on film nights?"),
    ("help", "Cannot find the glasses."), ("talk", "Wants to say something about the room before tonight."),
)  # fmt: skip
SETTLED = (
    "Done together.",
    "Talked for a quarter of an hour. Better.",
    "Found. All well.",
    "Taken to the house meeting.",
    "Agreed for this week.",
)
LEFT_WELL = ("I go with a plan and two phone numbers I will use.", "I came for my kids and I leave for me.", "See you at the alumni evening.",
             "Thank you for waiting for me at the door, that first week.")  # fmt: skip
LEFT_EARLY = (
    "I want to be home with my daughter.",
    "It is too much for me now.",
    "I can do it outside.",
    "Not my place. No hard feelings.",
    "",
)
CLOSER = (
    "A hard week; asked for company more often.",
    "Bad news from home. We look in more often for now.",
    "First days after a change of medicine.",
)
BACK_TO_USUAL = "Talked it over with the person and the team: back to the usual checks."
FIRST_NIGHTS = "First days over, sleeping and eating. Usual checks from now on."
STEP_BACK = "For safety we go one step back for a short while, and look at it together every day."
STEP_AGAIN = "The short step back is over. Back where you were."
