"""Addresses of the buyer's desk. `<reference>` alone is the cover page, which the window owns."""

from django.urls import path

from tenders.views import amendments, announcement, archive, contacts, dialogue, files, finding, market, meetings, people, themes

app_name = "tenders"
urlpatterns = [
    path("tenders/", finding.tender_list, name="list"),
    path("tenders/feed.atom", finding.atom, name="feed"),
    path("tenders/calendar.ics", finding.calendar, name="calendar"),
    path("tenders/themes/", themes.themes, name="themes"),
    path("tenders/themes/<uuid:theme_id>/stop/", themes.stop, name="stop_theme"),
    path("tenders/new/", announcement.new, name="new"),
    path("tenders/archive/", archive.archive, name="archive"),
    path("tenders/<str:reference>/announcement/", announcement.announcement, name="announcement"),
    path("tenders/<str:reference>/announcement/propose/", announcement.propose, name="propose"),
    path("tenders/<str:reference>/announcement/return/", announcement.send_back, name="return"),
    path("tenders/<str:reference>/announcement/announce/", announcement.announce, name="announce"),
    path("tenders/<str:reference>/announcement/shelve/", archive.shelve, name="shelve"),
    path("tenders/<str:reference>/announcement/take-up/", archive.take_up, name="take_up"),
    path("tenders/<str:reference>/announcement/<slug:section>/", announcement.section, name="announcement_section"),
    path("tenders/<str:reference>/amendments/", amendments.amendments, name="amendments"),
    path("tenders/<str:reference>/amendments/new/", amendments.amend, name="amend"),
    path("tenders/<str:reference>/amendments/announce/", amendments.announce, name="announce_amendment"),
    path("tenders/<str:reference>/amendments/return/", amendments.send_back, name="return_amendment"),
    path("tenders/<str:reference>/announcement.pdf", files.announcement_pdf, name="announcement_pdf"),
    path("tenders/<str:reference>/files/", files.files, name="files"),
    path("tenders/<str:reference>/files/all.zip", files.all_files, name="all_files"),
    path("tenders/<str:reference>/files/add/", files.add, name="add_file"),
    path("tenders/<str:reference>/files/arrange/", files.arrange, name="arrange_files"),
    path("tenders/<str:reference>/files/remove/", files.remove, name="remove_file"),
    path("tenders/<str:reference>/files/<uuid:key>/", files.file, name="file"),
    path("tenders/<str:reference>/people/", people.people, name="people"),
    path("tenders/<str:reference>/questions/", dialogue.questions, name="questions"),
    path("tenders/<str:reference>/questions/<uuid:question_id>/", dialogue.answer, name="answer"),
    path("tenders/<str:reference>/market/", market.market, name="market"),
    path("tenders/<str:reference>/market/need/", market.need, name="market_need"),
    path("tenders/<str:reference>/market/end/", market.end, name="market_end"),
    path("tenders/<str:reference>/market/log/", contacts.log, name="log_contact"),
    path("tenders/<str:reference>/market/log/<uuid:contact_key>/", contacts.publish, name="publish_contact"),
    path("tenders/<str:reference>/market/meetings/new/", meetings.new, name="new_meeting"),
    path("tenders/<str:reference>/market/meetings/<uuid:meeting_id>/", meetings.change, name="meeting"),
    path("tenders/<str:reference>/market/meetings/<uuid:meeting_id>/cancel/", meetings.cancel, name="cancel_meeting"),
    path("tenders/<str:reference>/market/meetings/<uuid:meeting_id>/sign-up/", meetings.join, name="join_meeting"),
    path("tenders/<str:reference>/market/meetings/<uuid:meeting_id>/give-back/", meetings.leave, name="leave_meeting"),
    path("tenders/<str:reference>/calendar.ics", finding.tender_calendar, name="tender_calendar"),
    path("tenders/<str:reference>/follow/", dialogue.follow, name="follow"),
]
